package co.stopcovid.adapters.simulation;

import co.stopcovid.adapters.postgres.PostgresStores;
import co.stopcovid.testkit.simulation.Simulation;
import co.stopcovid.testkit.simulation.SimulationSubject;
import org.junit.jupiter.api.Test;

/**
 * Some of the random schedules on a real PostgreSQL. {@code -Dsimulation.postgres.schedules=1000}
 * runs more of them.
 */
class PostgresSimulationTest {
  private static final int SCHEDULES = Integer.getInteger("simulation.postgres.schedules", 25);

  @Test
  void whateverGoesWrongNothingIsLostAndNothingIsDoneTwice() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      try (var stores = new PostgresStores()) {
        Simulation.run(SimulationSubject.of(stores::open), seed);
      }
    }
  }
}

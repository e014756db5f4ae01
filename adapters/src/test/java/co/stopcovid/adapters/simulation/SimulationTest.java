package co.stopcovid.adapters.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.testkit.simulation.Incident;
import co.stopcovid.testkit.simulation.Simulation;
import co.stopcovid.testkit.simulation.SimulationSubject;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random schedules. {@code -Dsimulation.schedules=100000} runs more of them, {@code
 * -Dsimulation.seed=N} runs a single one again.
 */
class SimulationTest {
  private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 2000);
  private static final int ENOUGH_FOR_EVERY_INCIDENT = 1000;

  static SimulationSubject.Stores stores() {
    var store = new InMemoryDialogStore();
    return new SimulationSubject.Stores(store, store, new InMemoryDrillVersions());
  }

  @Test
  void whateverGoesWrongNothingIsLostAndNothingIsDoneTwice() {
    var subject = SimulationSubject.of(SimulationTest::stores);
    Long single = Long.getLong("simulation.seed");
    if (single != null) {
      Simulation.run(subject, single);
      return;
    }
    Map<Incident, Integer> incidents = new EnumMap<>(Incident.class);
    for (long seed = 0; seed < SCHEDULES; seed++) {
      Simulation.run(subject, seed).forEach((what, n) -> incidents.merge(what, n, Integer::sum));
    }
    // Fewer would leave the rare ones to luck.
    if (SCHEDULES >= ENOUGH_FOR_EVERY_INCIDENT) {
      assertThat(incidents)
          .as("incidents in %d schedules", SCHEDULES)
          .containsOnlyKeys(Incident.values());
    }
  }

  @Test
  void aSeedAlwaysGivesTheSameSchedule() {
    var subject = SimulationSubject.of(SimulationTest::stores);

    for (long seed = 0; seed < 20; seed++) {
      assertThat(Simulation.run(subject, seed)).isEqualTo(Simulation.run(subject, seed));
    }
  }
}

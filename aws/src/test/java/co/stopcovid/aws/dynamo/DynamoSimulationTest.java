package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.aws.local.DynamoFault;
import co.stopcovid.aws.local.FaultyDynamo;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.simulation.Simulation;
import co.stopcovid.testkit.simulation.SimulationSubject;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Some of the random schedules on DynamoDB, where one call in ten goes wrong on top of what the
 * schedule brings. {@code -Dsimulation.dynamo.schedules=1000} runs more of them, {@code
 * -Dsimulation.seed=N} runs a single one again.
 */
class DynamoSimulationTest {
  private static final int SCHEDULES = Integer.getInteger("simulation.dynamo.schedules", 25);

  /** Learners of different schedules are different ones. */
  private final Tables tables = TestDynamo.newTables();

  @Test
  void whateverGoesWrongNothingIsLostAndNothingIsDoneTwice() {
    Long single = Long.getLong("simulation.seed");
    if (single != null) {
      run(single, TestDynamo.faulty(single, 10));
      return;
    }
    FaultyDynamo faulty = TestDynamo.faulty(1, 10);
    for (long seed = 0; seed < SCHEDULES; seed++) {
      run(seed, faulty);
    }
    assertThat(faulty.happened()).containsOnlyKeys(DynamoFault.values());
  }

  private void run(long seed, FaultyDynamo faulty) {
    DynamoDbClient client = faulty.client();
    Simulation.run(
        SimulationSubject.of(
            () -> {
              var versions =
                  new DynamoDrillVersions(client, tables, Samples.TABLES, TestDynamo.NO_PAUSE);
              return new SimulationSubject.Stores(
                  new DynamoDialogStore(client, tables, versions, TestDynamo.NO_PAUSE),
                  new DynamoEventHistory(client, tables, versions, TestDynamo.NO_PAUSE),
                  versions);
            }),
        seed);
  }
}

package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.aws.local.DynamoFault;
import co.stopcovid.aws.local.FaultyKinesis;
import co.stopcovid.aws.local.LocalCloud;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole way from the webhook to the provider while calls fail, answers are lost, functions are
 * cut off, records come again and the stream is resharded. {@code -Dfaults.aws.seeds=100} tries
 * more seeds, {@code -Dfaults.aws.seed=N} one again.
 */
class FaultsOnAwsTest {
  private static final int SEEDS = Integer.getInteger("faults.aws.seeds", 2);

  @SuppressWarnings("NullAway.Init")
  private static LocalCloud cloud;

  private final Set<DynamoFault> dynamo = EnumSet.noneOf(DynamoFault.class);
  private final Set<FaultyKinesis.Fault> kinesis = EnumSet.noneOf(FaultyKinesis.Fault.class);
  private int repeats;
  private int completed;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void nothingIsLostAndNothingIsDoneTwice() {
    Long single = Long.getLong("faults.aws.seed");
    if (single != null) {
      run(single);
      return;
    }
    for (long seed = 0; seed < SEEDS; seed++) {
      run(seed);
    }
    assertThat(dynamo).as("what went wrong").containsExactly(DynamoFault.values());
    assertThat(kinesis).as("what went wrong").containsExactly(FaultyKinesis.Fault.values());
    assertThat(repeats).as("records that repeat another").isPositive();
    assertThat(completed).as("completed drills").isPositive();
  }

  private void run(long seed) {
    try (var run = new FaultyRun(cloud, seed)) {
      run.run();
      var checks = new FaultyRunChecks(cloud, run);
      checks.check();
      dynamo.addAll(run.dynamo.happened().keySet());
      kinesis.addAll(run.kinesis.happened().keySet());
      repeats += checks.repeats();
      completed += checks.completed();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
    }
  }
}

package co.stopcovid.aws.dynamo;

import co.stopcovid.aws.local.DynamoFault;
import co.stopcovid.aws.local.DynamoLocal;
import co.stopcovid.aws.local.FaultyDynamo;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One DynamoDB for all tests of this process; each test has tables of its own. */
final class TestDynamo {
  /** Tests do not sleep. */
  static final Pause NO_PAUSE = wait -> {};

  private static final DynamoLocal DYNAMO = new DynamoLocal();
  private static final AtomicInteger STAGES = new AtomicInteger();

  private TestDynamo() {}

  static DynamoDbClient client() {
    return DYNAMO.client();
  }

  static Tables newTables() {
    return DYNAMO.create("test-" + STAGES.incrementAndGet());
  }

  /**
   * A client with whom something goes wrong now and then.
   *
   * @param percent of the calls
   */
  static FaultyDynamo faulty(long seed, int percent) {
    var random = new Random(seed);
    DynamoFault[] faults = DynamoFault.values();
    return new FaultyDynamo(
        client(),
        operation ->
            random.nextInt(100) < percent
                ? Optional.of(faults[random.nextInt(faults.length)])
                : Optional.empty());
  }
}

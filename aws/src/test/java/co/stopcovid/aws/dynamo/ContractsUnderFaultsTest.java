package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.aws.local.DynamoFault;
import co.stopcovid.aws.local.FaultyDynamo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Every store keeps its contract while one call in seven goes wrong. */
class ContractsUnderFaultsTest {
  private static final int PERCENT = 14;
  private static final FaultyDynamo FAULTY = TestDynamo.faulty(4, PERCENT);

  @AfterAll
  static void everyFaultHappened() {
    assertThat(FAULTY.happened()).containsOnlyKeys(DynamoFault.values());
  }

  @Nested
  class Dialogs extends DynamoDialogStoreTest {
    @Override
    protected DynamoDbClient client() {
      return FAULTY.client();
    }

    @Override
    protected int raceRounds() {
      return 40;
    }
  }

  @Nested
  class Histories extends DynamoEventHistoryTest {
    @Override
    protected DynamoDbClient client() {
      return FAULTY.client();
    }
  }

  @Nested
  class Versions extends DynamoDrillVersionsTest {
    @Override
    protected DynamoDbClient client() {
      return FAULTY.client();
    }

    @Override
    protected int raceRounds() {
      return 10;
    }
  }

  @Nested
  class Schedules extends DynamoDrillScheduleTest {
    @Override
    protected DynamoDbClient client() {
      return FAULTY.client();
    }

    @Override
    protected int raceRounds() {
      return 10;
    }
  }

  @Nested
  class Books extends DynamoCodeBookTest {
    @Override
    protected DynamoDbClient client() {
      return FAULTY.client();
    }
  }

  @Nested
  class Codes extends DynamoRegistrationCodesTest {
    @Override
    protected DynamoDbClient client() {
      return FAULTY.client();
    }
  }

  @Nested
  class Keys extends DynamoCommandKeysTest {
    @Override
    protected DynamoDbClient client() {
      return FAULTY.client();
    }
  }

  @Nested
  class Waiting extends DynamoWaitingCommandsTest {
    @Override
    protected DynamoDbClient client() {
      return FAULTY.client();
    }
  }
}

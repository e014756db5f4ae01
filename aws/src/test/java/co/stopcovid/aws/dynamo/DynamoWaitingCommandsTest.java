package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.aws.local.DynamoFault;
import co.stopcovid.aws.local.FaultyDynamo;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.running.WaitingLearner;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.WaitingCommandsContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoWaitingCommandsTest extends WaitingCommandsContract {
  private final Tables tables = TestDynamo.newTables();
  private final DynamoWaitingCommands waiting =
      new DynamoWaitingCommands(client(), tables, () -> NOON, TestDynamo.NO_PAUSE);

  /** Where something may go wrong. */
  protected DynamoDbClient client() {
    return TestDynamo.client();
  }

  @Override
  protected WaitingCommands waiting() {
    return waiting;
  }

  @Override
  protected String payload(SequencedCommand command) {
    return CommandCodec.encode(command.command());
  }

  @Override
  protected boolean isSharedClock() {
    return true;
  }

  @Override
  protected void makeUnreadable(PhoneNumber phone) {
    TestDynamo.client()
        .updateItem(
            update ->
                update
                    .tableName(tables.waitingCommands())
                    .key(Map.of(WaitingCommandItems.PHONE, Attributes.text(phone.value())))
                    .updateExpression("set commands[0] = :broken")
                    .expressionAttributeValues(Map.of(":broken", Attributes.text("{}"))));
  }

  /** The item stays, so that one who loaded nothing long ago does not write over it either. */
  @Test
  void settlingDoesNotBeginTheVersionsAnew() {
    PhoneNumber ana = Samples.newLearner();
    put(of(ana, NOON));
    assertThat(put(load(ana).settled())).isTrue();

    assertThat(load(ana)).isEqualTo(new WaitingLearner(ana, 2, 0, Instant.EPOCH, "", List.of()));
    assertThat(put(of(ana, NOON))).isFalse();
  }

  @Test
  void aPutWhoseAnswerIsLostIsNoConflictWithItself() {
    PhoneNumber ana = Samples.newLearner();
    var lost = new AtomicBoolean();
    var faulty =
        new FaultyDynamo(
            TestDynamo.client(),
            operation ->
                lost.compareAndSet(false, true)
                    ? Optional.of(DynamoFault.TIMEOUT_AFTER)
                    : Optional.empty());
    var unlucky =
        new DynamoWaitingCommands(faulty.client(), tables, () -> NOON, TestDynamo.NO_PAUSE);

    assertThat(unlucky.put(List.of(of(ana, NOON)))).isEmpty();
    assertThat(lost).isTrue();
    assertThat(load(ana).version()).isEqualTo(1);
  }
}

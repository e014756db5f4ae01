package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.aws.local.DynamoFault;
import co.stopcovid.aws.local.FaultyDynamo;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.testkit.Samples;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoWaitingCommandsTest {
  /** Where something may go wrong. */
  protected DynamoDbClient client() {
    return TestDynamo.client();
  }

  private static final Instant NOON = Samples.NOON.truncatedTo(ChronoUnit.MILLIS);
  private static final SequenceNumber FIRST =
      SequenceNumber.parse("49590338271490256608559692538361571095921575989136588898");

  private final Tables tables = TestDynamo.newTables();
  private final DynamoWaitingCommands waiting =
      new DynamoWaitingCommands(client(), tables, () -> NOON, TestDynamo.NO_PAUSE);
  private final PhoneNumber ana = new PhoneNumber("+12025550101");
  private final PhoneNumber ben = new PhoneNumber("+12025550102");

  private static List<SequencedCommand> commands(PhoneNumber phone) {
    return List.of(
        new SequencedCommand(FIRST, new ReceiveSms(phone, "Código 😀", Map.of("From", "x"))),
        new SequencedCommand(FIRST.next(), new StartDrill(phone, new DrillSlug("01-sample"))));
  }

  private static WaitingCommands of(PhoneNumber phone, Instant notBefore) {
    return WaitingCommands.none(phone).with(3, notBefore, "silent", commands(phone));
  }

  private WaitingCommands load(PhoneNumber phone) {
    return waiting.load(Set.of(phone)).getOrDefault(phone, WaitingCommands.none(ben));
  }

  @Test
  void nothingWaitsForALearnerAtFirst() {
    assertThat(waiting.load(Set.of(ana))).isEqualTo(Map.of(ana, WaitingCommands.none(ana)));
    assertThat(waiting.load(Set.of())).isEmpty();
    assertThat(waiting.due(NOON, 10)).isEmpty();
  }

  @Test
  void whatWaitsIsLoadedAsItWasPut() {
    assertThat(waiting.put(of(ana, NOON))).isTrue();

    assertThat(load(ana)).isEqualTo(new WaitingCommands(ana, 1, 3, NOON, "silent", commands(ana)));
    assertThat(load(ben).isEmpty()).isTrue();
  }

  @Test
  void onlyWhoKnowsTheVersionWrites() {
    WaitingCommands old = of(ana, NOON);
    waiting.put(old);
    WaitingCommands loaded = load(ana);
    WaitingCommands later = loaded.with(4, NOON.plusSeconds(9), "still", loaded.commands());

    assertThat(waiting.put(later)).isTrue();
    assertThat(waiting.put(old)).as("the first version again").isFalse();
    assertThat(waiting.put(loaded.settled())).as("on a version that is gone").isFalse();
    assertThat(load(ana).attempts()).isEqualTo(4);
    assertThat(load(ana).version()).isEqualTo(2);
  }

  /** Else one who still holds version 1 could write over what waits anew. */
  @Test
  void settlingDoesNotBeginTheVersionsAnew() {
    waiting.put(of(ana, NOON));
    WaitingCommands first = load(ana);
    assertThat(waiting.put(first.settled())).isTrue();

    assertThat(load(ana)).isEqualTo(new WaitingCommands(ana, 2, 0, Instant.EPOCH, "", List.of()));
    assertThat(waiting.due(NOON, 10)).isEmpty();
    assertThat(waiting.put(of(ana, NOON))).isFalse();
    assertThat(waiting.put(load(ana).with(1, NOON, "anew", commands(ana)))).isTrue();
    assertThat(waiting.put(first.settled())).isFalse();
    assertThat(load(ana).version()).isEqualTo(3);
  }

  @Test
  void theEarliestAreDueFirstAndNoMoreThanTheLimit() {
    List<PhoneNumber> learners = new ArrayList<>(Samples.newLearners(40));
    for (int i = 0; i < learners.size(); i++) {
      waiting.put(of(learners.get(i), NOON.plusSeconds(i)));
    }

    assertThat(waiting.due(NOON.minusMillis(1), 100)).isEmpty();
    assertThat(waiting.due(NOON.plusSeconds(29), 100))
        .extracting(WaitingCommands::phone)
        .isEqualTo(learners.subList(0, 30));
    assertThat(waiting.due(NOON.plusSeconds(29), 7))
        .extracting(WaitingCommands::phone)
        .isEqualTo(learners.subList(0, 7));
    assertThat(waiting.due(NOON, 1).getFirst().commands()).isEqualTo(commands(learners.getFirst()));
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    waiting.put(of(ana, NOON));
    waiting.put(of(ben, NOON));
    TestDynamo.client()
        .updateItem(
            update ->
                update
                    .tableName(tables.waitingCommands())
                    .key(Map.of(WaitingCommandItems.PHONE, Attributes.text(ana.value())))
                    .updateExpression("set commands[0] = :broken")
                    .expressionAttributeValues(Map.of(":broken", Attributes.text("{}"))));

    assertThat(waiting.load(Set.of(ana, ben))).containsOnlyKeys(ben);
    assertThat(waiting.due(NOON, 10)).extracting(WaitingCommands::phone).containsExactly(ben);
  }

  @Test
  void ofTwoWhoWriteOneWins() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 50; round++) {
        WaitingCommands before = load(ana);
        List<Future<Boolean>> written =
            threads.invokeAll(
                List.of(
                    () -> waiting.put(before.with(1, NOON, "one", commands(ana))),
                    () -> waiting.put(before.with(2, NOON, "other", commands(ana)))));
        assertThat(written.get(0).get()).isNotEqualTo(written.get(1).get());
        assertThat(load(ana).attempts()).isEqualTo(written.get(0).get() ? 1 : 2);
      }
    }
  }

  @Test
  void aPutWhoseAnswerIsLostIsNoConflictWithItself() {
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

    assertThat(unlucky.put(of(ana, NOON))).isTrue();
    assertThat(lost).isTrue();
    assertThat(load(ana).version()).isEqualTo(1);
  }

  @Test
  void asMuchFitsAsAnItemTakes() {
    WaitingCommands many = WaitingCommands.none(ana).with(1, NOON, "silent", List.of());
    SequencedCommand large =
        new SequencedCommand(FIRST, new ReceiveSms(ana, "漢".repeat(ReceiveSms.MAX_BODY)));
    while (many.hasRoomFor(large)) {
      List<SequencedCommand> more = new ArrayList<>(many.commands());
      more.add(large);
      many = many.with(1, NOON, "silent", more);
    }

    assertThat(many.commands()).hasSize(6);
    assertThat(waiting.put(many)).isTrue();
    assertThat(load(ana).commands()).isEqualTo(many.commands());
  }

  @Test
  void commandsOfAnotherLearnerDoNotWaitHere() {
    WaitingCommands none = WaitingCommands.none(ben);
    List<SequencedCommand> others = commands(ana);

    assertThatThrownBy(() -> none.with(1, NOON, "", others))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

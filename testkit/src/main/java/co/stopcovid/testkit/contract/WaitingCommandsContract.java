package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.running.PendingCommand;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.running.WaitingLearner;
import co.stopcovid.running.WaitingTurn;
import co.stopcovid.testkit.Samples;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link WaitingCommands} must do. */
public abstract class WaitingCommandsContract {
  protected static final Instant NOON = Samples.NOON.truncatedTo(ChronoUnit.MILLIS);

  /** As long as those of Kinesis. */
  private static final SequenceNumber FIRST =
      SequenceNumber.parse("49590338271490256608559692538361571095921575989136588898");

  /** The store to be tested, with nothing of other tests in it. */
  protected abstract WaitingCommands waiting();

  /** How a command is written where the store keeps it. */
  protected abstract String payload(SequencedCommand command);

  /** Damages what is stored of a learner. */
  protected abstract void makeUnreadable(PhoneNumber phone);

  /** How often a race is run. */
  protected int raceRounds() {
    return 50;
  }

  private final PhoneNumber ana = Samples.newLearner();
  private final PhoneNumber ben = Samples.newLearner();

  private PendingCommand command(SequencedCommand command) {
    return new PendingCommand(command, payload(command));
  }

  protected final List<PendingCommand> commands(PhoneNumber phone) {
    return List.of(
        command(
            new SequencedCommand(FIRST, new ReceiveSms(phone, "Código 😀", Map.of("From", "x")))),
        command(
            new SequencedCommand(FIRST.next(), new StartDrill(phone, new DrillSlug("01-sample")))));
  }

  protected final WaitingLearner of(PhoneNumber phone, Instant notBefore) {
    return WaitingLearner.none(phone).with(3, notBefore, "silent", commands(phone));
  }

  protected final WaitingLearner load(PhoneNumber phone) {
    return Objects.requireNonNull(waiting().load(Set.of(phone)).get(phone));
  }

  protected final boolean put(WaitingLearner learner) {
    return waiting().put(List.of(learner)).isEmpty();
  }

  private static void assertSame(WaitingLearner actual, WaitingLearner expected) {
    assertThat(actual).usingRecursiveComparison().ignoringFields("version").isEqualTo(expected);
  }

  @Test
  void nothingWaitsForALearnerAtFirst() {
    assertThat(waiting().load(Set.of(ana))).isEqualTo(Map.of(ana, WaitingLearner.none(ana)));
    assertThat(waiting().load(Set.of())).isEmpty();
    assertThat(waiting().due(NOON, 10)).isEmpty();
    assertThat(waiting().put(List.of())).isEmpty();
  }

  @Test
  void whatWaitsIsLoadedAsItWasPut() {
    assertThat(put(of(ana, NOON))).isTrue();

    assertSame(load(ana), of(ana, NOON));
    assertThat(load(ana).version()).isNotZero();
    assertThat(load(ben).isEmpty()).isTrue();
  }

  @Test
  void onlyWhoKnowsTheVersionWrites() {
    WaitingLearner old = of(ana, NOON);
    put(old);
    WaitingLearner loaded = load(ana);
    WaitingLearner later = loaded.with(4, NOON.plusSeconds(9), "still", loaded.commands());

    assertThat(put(later)).isTrue();
    assertThat(put(old)).as("as if nothing waited").isFalse();
    assertThat(put(loaded.settled())).as("on a version that is gone").isFalse();
    assertThat(load(ana).attempts()).isEqualTo(4);
    assertThat(load(ana).reason()).isEqualTo("still");
  }

  @Test
  void aConflictOfOneKeepsNoOtherFromBeingWritten() {
    put(of(ana, NOON));

    // Not the very same: that may count as written.
    assertThat(waiting().put(List.of(of(ana, NOON.plusSeconds(1)), of(ben, NOON))))
        .containsExactly(ana);
    assertThat(load(ben).commands()).isEqualTo(commands(ben));
  }

  /** Else one who still holds the first version could write over what waits anew. */
  @Test
  void noVersionComesTwice() {
    put(of(ana, NOON));
    WaitingLearner first = load(ana);
    assertThat(put(first.settled())).isTrue();

    assertThat(load(ana).isEmpty()).isTrue();
    assertThat(waiting().due(NOON, 10)).isEmpty();
    assertThat(put(load(ana).with(1, NOON, "anew", commands(ana)))).isTrue();
    assertThat(put(first.settled())).isFalse();
    assertThat(load(ana).reason()).isEqualTo("anew");
  }

  @Test
  void theEarliestAreDueFirstAndNoMoreThanTheLimit() {
    List<PhoneNumber> learners = new ArrayList<>(Samples.newLearners(40));
    for (int i = 0; i < learners.size(); i++) {
      WaitingLearner learner = of(learners.get(i), NOON.plusSeconds(i));
      // Nothing has failed: it may wait for long.
      put(learner.with(0, learner.notBefore(), "until then", learner.commands()));
    }

    assertThat(waiting().due(NOON.minusMillis(1), 100)).isEmpty();
    assertThat(waiting().due(NOON.plusSeconds(29), 100))
        .extracting(WaitingLearner::phone)
        .isEqualTo(learners.subList(0, 30));
    assertThat(waiting().due(NOON.plusSeconds(29), 7))
        .extracting(WaitingLearner::phone)
        .isEqualTo(learners.subList(0, 7));
    assertThat(waiting().due(NOON, 1).getFirst().commands())
        .isEqualTo(commands(learners.getFirst()));
  }

  @Test
  void asMuchIsKeptAsMayWait() {
    WaitingLearner many = of(ana, NOON);
    SequenceNumber seq = FIRST.next();
    while (true) {
      seq = seq.next();
      PendingCommand large =
          command(new SequencedCommand(seq, new ReceiveSms(ana, "漢".repeat(ReceiveSms.MAX_BODY))));
      if (!many.hasRoomFor(large)) {
        break;
      }
      List<PendingCommand> more = new ArrayList<>(many.commands());
      more.add(large);
      many = many.with(1, NOON, "silent", more);
    }

    assertThat(put(many)).isTrue();
    assertThat(load(ana).commands()).isEqualTo(many.commands());
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    put(of(ana, NOON));
    put(of(ben, NOON));
    makeUnreadable(ana);

    assertThat(waiting().load(Set.of(ana, ben))).containsOnlyKeys(ben);
    assertThat(waiting().due(NOON, 10)).extracting(WaitingLearner::phone).containsExactly(ben);
  }

  @Test
  void ofTwoWhoWriteOneWins() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < raceRounds(); round++) {
        WaitingLearner before = load(ana);
        List<Future<Boolean>> written =
            threads.invokeAll(
                List.of(
                    () -> put(before.with(1, NOON, "one", commands(ana))),
                    () -> put(before.with(2, NOON, "other", commands(ana)))));
        assertThat(written.get(0).get()).isNotEqualTo(written.get(1).get());
        assertThat(load(ana).attempts()).isEqualTo(written.get(0).get() ? 1 : 2);
      }
    }
  }

  /** One put off for longer than any is waits for a clock that was set back. */
  @Test
  void whoeverIsPutOffForTooLongIsDue() {
    put(of(ana, NOON.plus(WaitingTurn.LONGEST_WAIT).plusSeconds(1)));

    assertThat(waiting().due(NOON, 10)).hasSize(isSharedClock() ? 0 : 1);
  }

  /** Whether the clock is that of a cloud, which nobody sets: nothing is looked for there. */
  protected boolean isSharedClock() {
    return false;
  }
}

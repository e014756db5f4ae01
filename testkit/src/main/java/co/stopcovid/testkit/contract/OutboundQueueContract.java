package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCommit.Earlier;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.testkit.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every {@link OutboundQueue} must do. */
public abstract class OutboundQueueContract extends OutboxContract {
  /** The same data as another process sees it. */
  protected abstract OutboundQueue secondQueue();

  /** The same data as another process sees it. */
  protected abstract OutboundLedger secondLedger();

  @Test
  void aLearnerWhoIsNotKnownHasTheFirstCursor() {
    assertThat(cursors(ana)).containsOnlyKeys(ana).containsValue(SmsCursor.initial(ana));
  }

  @Test
  void cursorAndMessagesComeBackAsTheyWere() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    LedgerEntry second = of(entry(ana, 1, 1, at(3)), MessageKind.START);
    enqueue(ana, 1, first, second);

    assertThat(cursors(ana)).containsEntry(ana, cursor(ana, 1));
    assertThat(stored(ana, 1, 0)).isEqualTo(first);
    assertThat(stored(ana, 1, 1)).isEqualTo(second);

    enqueue(ana, 2);
    assertThat(cursors(ana)).containsEntry(ana, cursor(ana, 2));
  }

  @Test
  void ofCommitsOnTheWrongVersionNothingIsWritten() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)));

    SmsCommit repeated = commit(ana, 1, new Earlier.Cancelled(at(1)), entry(ana, 1, 1, at(0)));
    SmsCommit sound = commit(ben, 1, new Earlier.Kept(), entry(ben, 1, 0, at(0)));
    SmsCommit early = commit(ana, 3, new Earlier.Kept(), entry(ana, 3, 0, at(0)));
    assertThat(queue().commit(List.of(repeated, sound))).containsExactly(ana);
    assertThat(queue().commit(List.of(early))).containsExactly(ana);

    assertThat(cursors(ana, ben))
        .containsEntry(ana, cursor(ana, 1))
        .containsEntry(ben, cursor(ben, 1));
    assertThat(stored(ana, 1, 0).isOpen()).isTrue();
    assertThat(ledger().find(Set.of(new OutboundId(ana, 1, 1), new OutboundId(ana, 3, 0))))
        .isEmpty();
    assertThat(stored(ben, 1, 0).isOpen()).isTrue();
  }

  @Test
  void parkedMessagesAreQueuedAsParked() {
    LedgerEntry open = entry(ana, 1, 0, at(0));
    LedgerEntry parked =
        new LedgerEntry(
            open.id(),
            open.kind(),
            open.message(),
            open.zones(),
            open.createdTime(),
            open.notBefore(),
            open.expiresAt(),
            null,
            new DeliveryState.Parked(0, "too many"),
            NOW,
            0);
    enqueue(ana, 1, parked, entry(ana, 1, 1, at(0)));

    assertThat(stored(ana, 1, 0)).isEqualTo(parked);
    assertThat(ledger().due(at(0), 10)).containsExactly(entry(ana, 1, 1, at(0)));
    assertThat(ledger().parked(10)).containsExactly(parked);
  }

  @Test
  void whatIsQueuedIsReleasedAsReplies() {
    LedgerEntry start = of(entry(ana, 1, 0, at(9_000)), MessageKind.START);
    LedgerEntry reminder = of(entry(ana, 1, 1, at(9_003)), MessageKind.REMINDER);
    enqueue(ana, 1, start, reminder);
    enqueue(ben, 1, of(entry(ben, 1, 0, at(9_000)), MessageKind.START));
    Earlier released = new Earlier.Released(at(5), at(3_605));
    enqueue(ana, 2, released, entry(ana, 2, 0, at(8)));

    assertThat(stored(ana, 1, 0)).isEqualTo(released.apply(start).written());
    assertThat(stored(ana, 1, 1)).isEqualTo(released.apply(reminder).written());
    assertThat(stored(ana, 1, 1).isOpen()).isFalse();
    assertThat(stored(ana, 2, 0)).isEqualTo(entry(ana, 2, 0, at(8)));
    assertThat(ledger().due(at(5), 10)).containsExactly(stored(ana, 1, 0));
    assertThat(stored(ben, 1, 0).notBefore()).isEqualTo(at(9_000));
  }

  @Test
  void whatIsQueuedIsCancelledWhenTheLearnerOptsOut() {
    LedgerEntry sent = entry(ana, 1, 0, at(0));
    LedgerEntry queued = entry(ana, 1, 1, at(3));
    enqueue(ana, 1, sent, queued);
    enqueue(ben, 1, entry(ben, 1, 0, at(0)));
    send(sent, "SM1", at(0));
    Earlier cancelled = new Earlier.Cancelled(at(1));
    enqueue(ana, 2, cancelled);

    assertThat(stored(ana, 1, 0).state()).isEqualTo(new DeliveryState.Sent("SM1"));
    assertThat(stored(ana, 1, 1)).isEqualTo(cancelled.apply(queued).written());
    assertThat(ledger().due(at(9), 10)).containsExactly(entry(ben, 1, 0, at(0)));
  }

  @Test
  void whatIsClaimedIsNotReleased() {
    LedgerEntry claimed = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, claimed, entry(ana, 1, 1, at(3)));
    LedgerEntry sending = claim(claimed, at(0));
    enqueue(ana, 2, new Earlier.Released(at(1), at(100)));

    assertThat(stored(ana, 1, 0)).isEqualTo(sending);
  }

  /** It may be on its way; if it is not, it must not be sent any more. */
  @Test
  void whatIsClaimedWhenTheLearnerOptsOutIsNotQueuedAgain() {
    LedgerEntry claimed = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, claimed, entry(ana, 1, 1, at(3)));
    LedgerEntry sending = claim(claimed, at(0));
    Earlier cancelled = new Earlier.Cancelled(at(2));
    enqueue(ana, 2, cancelled);

    LedgerEntry marked = stored(ana, 1, 0);
    assertThat(marked).isEqualTo(cancelled.apply(sending).written());
    assertThat(marked.isOpen()).isTrue();
    assertThat(stored(ana, 1, 1).isOpen()).isFalse();
    assertThat(ledger().nextDue()).contains(at(25));
    LedgerEntry ended = write(marked, new DeliveryEvent.PutOff(), at(3), at(4));
    assertThat(ended.state())
        .isEqualTo(new DeliveryState.Failed(null, Earlier.Cancelled.OPTED_OUT));
    assertThat(ledger().nextDue()).isEmpty();
  }

  @Test
  void whatIsParkedIsCancelledWhenTheLearnerOptsOut() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, first, entry(ana, 1, 1, at(3)));
    enqueue(ben, 1, entry(ben, 1, 0, at(0)));
    write(first, new DeliveryEvent.GivenUp("a limit"), at(0), at(0));
    write(entry(ben, 1, 0, at(0)), new DeliveryEvent.GivenUp("a limit"), at(0), at(0));
    enqueue(ana, 2, new Earlier.Cancelled(at(1)), entry(ana, 2, 0, at(9)));
    enqueue(ben, 2, new Earlier.Cancelled(at(1)));

    DeliveryState optedOut = new DeliveryState.Failed(null, Earlier.Cancelled.OPTED_OUT);
    assertThat(stored(ana, 1, 0).state()).isEqualTo(optedOut);
    assertThat(stored(ben, 1, 0).state()).isEqualTo(optedOut);
    assertThat(ledger().parked(10)).isEmpty();
    assertThat(ledger().due(at(9), 10)).containsExactly(entry(ana, 2, 0, at(9)));
  }

  /** The learner opts out at the very moment when a message is claimed. */
  @Test
  void noMessageEscapesAnOptOut() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      PhoneNumber phone = Samples.newLearner();
      LedgerEntry queued = entry(phone, 1, 0, at(0));
      enqueue(phone, 1, queued);
      LedgerEntry claimed = queued.after(new DeliveryEvent.Claimed(7), at(0), at(25));
      Race.run(
          List.<Callable<Set<?>>>of(
              () -> queue().commit(List.of(commit(phone, 2, new Earlier.Cancelled(at(1))))),
              () -> secondLedger().write(List.of(claimed))));

      LedgerEntry after = stored(phone, 1, 0);
      DeliveryState end =
          after.isOpen()
              ? after.after(new DeliveryEvent.PutOff(), at(2), at(2)).state()
              : after.state();
      assertThat(end).isEqualTo(new DeliveryState.Failed(null, Earlier.Cancelled.OPTED_OUT));
    }
  }

  @Test
  void whatIsReleasedKeepsTheGapAfterTheLastOneThatWasSent() {
    LedgerEntry sent = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, sent, of(entry(ana, 1, 1, at(9_000)), MessageKind.START));
    send(sent, "SM1", at(50));
    enqueue(ana, 2, new Earlier.Released(at(51), at(3_600)));

    assertThat(ledger().nextDue()).contains(at(53));
    assertThat(ledger().due(at(52), 10)).isEmpty();
    assertThat(ledger().due(at(53), 10)).containsExactly(stored(ana, 1, 1));
  }

  @Test
  void aLearnerWhoseMessagesAreAllSentGetsTheNextOnes() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)));
    send(entry(ana, 1, 0, at(0)), "SM1", at(0));
    assertThat(ledger().nextDue()).isEmpty();
    enqueue(ana, 2, entry(ana, 2, 0, at(60)));

    assertThat(ledger().nextDue()).contains(at(60));
    assertThat(ledger().due(at(60), 10)).containsExactly(entry(ana, 2, 0, at(60)));
  }

  @Test
  void ofTwoCommitsOnOneVersionExactlyOneSucceeds() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      long version = round + 1L;
      SmsCommit one = commit(ana, version, new Earlier.Kept(), entry(ana, version, 0, at(0)));
      SmsCommit other = commit(ana, version, new Earlier.Kept(), entry(ana, version, 1, at(0)));
      List<Set<?>> conflicts =
          Race.run(
              List.<Callable<Set<?>>>of(
                  () -> queue().commit(List.of(one)), () -> secondQueue().commit(List.of(other))));

      assertThat(conflicts.get(0).isEmpty()).isNotEqualTo(conflicts.get(1).isEmpty());
      assertThat(
              ledger()
                  .find(Set.of(new OutboundId(ana, version, 0), new OutboundId(ana, version, 1))))
          .hasSize(1);
    }
  }

  /** The last message is sent at the very moment when another one comes in. */
  @Test
  void noMessageIsForgottenWhileTheOneBeforeItEnds() throws InterruptedException {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)));
    for (int round = 0; round < raceRounds(); round++) {
      long version = round + 2L;
      LedgerEntry sending = claim(stored(ana, version - 1, 0), at(0));
      LedgerEntry next = entry(ana, version, 0, at(0));
      Race.run(
          List.<Callable<Set<?>>>of(
              () -> queue().commit(List.of(commit(ana, version, new Earlier.Kept(), next))),
              () ->
                  secondLedger()
                      .write(
                          List.of(
                              sending.after(
                                  new DeliveryEvent.Accepted("SM" + version), at(0), at(0))))));

      assertThat(ledger().due(at(3), 10)).containsExactly(next);
    }
  }

  /** Two learners whose messages are called for, cancelled and released while others go out. */
  @Test
  void everyMessageComesToItsEndWhileMoreAreQueued() throws InterruptedException {
    var queueing = new AtomicBoolean(true);
    List<OutboundId> queued = new ArrayList<>();
    Race.run(
        List.<Callable<Set<?>>>of(
            () -> {
              try {
                for (long version = 1; version <= 4L * raceRounds(); version++) {
                  queued.addAll(queueNext(ana, version));
                  queued.addAll(queueNext(ben, version));
                }
              } finally {
                queueing.set(false);
              }
              return Set.of();
            },
            () -> {
              while (queueing.get() || secondLedger().nextDue().isPresent()) {
                secondLedger().due(at(1_000_000), 10).forEach(this::carry);
              }
              return Set.of();
            }));

    assertThat(ledger().find(queued)).hasSameSizeAs(queued).noneMatch(LedgerEntry::isOpen);
  }

  private List<OutboundId> queueNext(PhoneNumber phone, long version) {
    List<LedgerEntry> entries = new ArrayList<>();
    for (int index = 0; index < version % 4; index++) {
      entries.add(entry(phone, version, index, at(index)));
    }
    Earlier earlier =
        switch ((int) (version % 7)) {
          case 3 -> new Earlier.Cancelled(at(1));
          case 5 -> new Earlier.Released(at(1), at(2));
          default -> new Earlier.Kept();
        };
    enqueue(phone, version, earlier, entries.toArray(LedgerEntry[]::new));
    return entries.stream().map(LedgerEntry::id).toList();
  }

  /** As a sender does; what another wrote meanwhile it leaves alone. */
  private void carry(LedgerEntry entry) {
    LedgerEntry claim =
        entry.state() instanceof DeliveryState.Queued
            ? entry.after(new DeliveryEvent.Claimed(7), at(2), at(2))
            : entry;
    if (claim.equals(entry) || secondLedger().write(List.of(claim)).isEmpty()) {
      LedgerEntry written = claim.equals(entry) ? entry : claim.written();
      secondLedger()
          .write(
              List.of(
                  written.after(
                      new DeliveryEvent.Accepted("SM" + entry.id().token()), at(3), at(3))));
    }
  }

  /** A limit held it back, and a person let it go. */
  @Test
  void whatIsReleasedBehindTheLastMessageGoesOutToo() {
    LedgerEntry open = entry(ana, 1, 0, at(0));
    LedgerEntry held = entry(ana, 1, 1, at(0));
    LedgerEntry parked = held.after(new DeliveryEvent.GivenUp("a limit"), at(0), at(0));
    enqueue(ana, 1, open, parked);
    LedgerEntry released = write(parked, new DeliveryEvent.Released(), at(1), at(1));
    assertThat(ledger().due(at(1), 10)).containsExactly(open);
    send(open, "SM1", at(1));

    assertThat(ledger().nextDue()).contains(at(4));
    assertThat(ledger().due(at(4), 10)).containsExactly(released);
  }

  @Test
  void whatIsReleasedKeepsTheGapWhenNothingElseIsOpen() {
    LedgerEntry held = entry(ana, 1, 0, at(0));
    LedgerEntry parked = held.after(new DeliveryEvent.GivenUp("a limit"), at(0), at(0));
    LedgerEntry last = entry(ana, 1, 1, at(1));
    enqueue(ana, 1, parked, last);
    send(last, "SM1", at(1));
    write(parked, new DeliveryEvent.Released(), at(2), at(2));

    assertThat(ledger().nextDue()).contains(at(4));
  }

  @Test
  void aReportThatComesLaterBeginsNoGap() {
    LedgerEntry sent = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, sent);
    LedgerEntry accepted = send(sent, "SM1", at(0));
    var delivered = new DeliveryEvent.Reported("SM1", DeliveryEvent.Progress.DELIVERED, "");
    write(accepted, delivered, at(100), at(100));
    List<Instant> asked = new ArrayList<>();
    queue()
        .commit(
            List.of(commit(ana, 2, new Earlier.Kept(), entry(ana, 2, 0, at(101)))),
            (entry, due) -> {
              asked.add(due);
              return Optional.empty();
            });

    assertThat(asked).containsExactly(at(101));
  }

  /** As a sender does for whom nothing is too early. */
  private static Optional<LedgerEntry> claimed(LedgerEntry entry) {
    return Optional.of(entry.after(new DeliveryEvent.Claimed(7), at(0), at(25)));
  }

  @Test
  void theFirstMessageCanBeClaimedAsItIsQueued() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    LedgerEntry second = entry(ana, 1, 1, at(3));
    OutboundQueue.Committed committed =
        queue()
            .commit(
                List.of(commit(ana, 1, new Earlier.Kept(), first, second)),
                (entry, due) -> due.equals(at(0)) ? claimed(entry) : Optional.empty());

    LedgerEntry claim = claimed(first).orElseThrow();
    assertThat(committed.conflicts()).isEmpty();
    assertThat(committed.claimed()).containsExactly(claim);
    assertThat(stored(ana, 1, 0)).isEqualTo(claim);
    assertThat(stored(ana, 1, 1)).isEqualTo(second);
    assertThat(ledger().due(at(24), 10)).isEmpty();
    assertThat(ledger().due(at(25), 10)).containsExactly(claim);
    write(claim, new DeliveryEvent.Accepted("SM1"), at(1), at(1));
    assertThat(ledger().nextDue()).contains(at(4));
    assertThat(ledger().due(at(4), 10)).containsExactly(second);
  }

  @Test
  void aMessageBehindAnotherIsNotClaimed() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)));
    LedgerEntry next = entry(ana, 2, 0, at(0));
    OutboundQueue.Committed committed =
        queue()
            .commit(
                List.of(commit(ana, 2, new Earlier.Kept(), next)), (entry, due) -> claimed(entry));

    assertThat(committed.claimed()).isEmpty();
    assertThat(stored(ana, 2, 0)).isEqualTo(next);
    assertThat(ledger().due(at(0), 10)).containsExactly(stored(ana, 1, 0));
  }

  @Test
  void whatIsClaimedKnowsOfTheGapAfterTheLastMessage() {
    LedgerEntry last = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, last);
    send(last, "SM1", at(10));
    List<Instant> asked = new ArrayList<>();
    queue()
        .commit(
            List.of(commit(ana, 2, new Earlier.Kept(), entry(ana, 2, 0, at(11)))),
            (entry, due) -> {
              asked.add(due);
              return Optional.empty();
            });

    assertThat(asked).containsExactly(at(13));
    assertThat(ledger().nextDue()).contains(at(13));
  }

  @Test
  void ofAConflictingCommitNothingIsClaimed() {
    OutboundQueue.Committed committed =
        queue()
            .commit(
                List.of(commit(ana, 2, new Earlier.Kept(), entry(ana, 2, 0, at(0)))),
                (entry, due) -> claimed(entry));

    assertThat(committed.conflicts()).containsExactly(ana);
    assertThat(committed.claimed()).isEmpty();
    assertThat(ledger().nextDue()).isEmpty();
  }

  @Test
  void aMessageThatIsOverFromTheStartIsNotClaimed() {
    LedgerEntry cancelled =
        entry(ana, 1, 0, at(0)).after(new DeliveryEvent.Cancelled("why"), at(0), at(0));
    LedgerEntry open = entry(ana, 1, 1, at(0));
    OutboundQueue.Committed committed =
        queue()
            .commit(
                List.of(commit(ana, 1, new Earlier.Kept(), cancelled, open)),
                (entry, due) -> claimed(entry));

    assertThat(committed.claimed()).containsExactly(claimed(open).orElseThrow());
    assertThat(stored(ana, 1, 0)).isEqualTo(cancelled);
  }

  @Test
  void manyLearnersAreTakenInAtOnce() {
    List<SmsCommit> commits = new ArrayList<>();
    List<LedgerEntry> entries = new ArrayList<>();
    Samples.newLearners(300)
        .forEach(
            phone -> {
              LedgerEntry entry = entry(phone, 1, 0, at(0));
              entries.add(entry);
              commits.add(commit(phone, 1, new Earlier.Kept(), entry, entry(phone, 1, 1, at(3))));
            });
    assertThat(queue().commit(commits)).isEmpty();
    assertThat(queue().commit(commits)).hasSize(300);

    assertThat(ledger().due(at(3), 1_000)).containsExactlyInAnyOrderElementsOf(entries);
    assertThat(queue().commit(List.of())).isEmpty();
  }
}

package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.DeliveryEvent.Accepted;
import co.stopcovid.sms.DeliveryEvent.Cancelled;
import co.stopcovid.sms.DeliveryEvent.Claimed;
import co.stopcovid.sms.DeliveryEvent.Doubted;
import co.stopcovid.sms.DeliveryEvent.Expired;
import co.stopcovid.sms.DeliveryEvent.FoundMissing;
import co.stopcovid.sms.DeliveryEvent.GivenUp;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryEvent.PutOff;
import co.stopcovid.sms.DeliveryEvent.Refused;
import co.stopcovid.sms.DeliveryEvent.Released;
import co.stopcovid.sms.DeliveryEvent.Reported;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundLedger.ParkedPlace;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.testkit.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What every {@link OutboundLedger} must do. */
public abstract class OutboundLedgerContract extends OutboxContract {
  /** The same data as another process sees it. */
  protected abstract OutboundLedger secondLedger();

  @Test
  void everyStateComesBackAsItWas() {
    List<List<DeliveryEvent>> paths =
        List.of(
            List.of(new Claimed(Long.MAX_VALUE)),
            List.of(new Claimed(7), new PutOff()),
            List.of(new Claimed(7), new FoundMissing(), new Claimed(8)),
            List.of(new Claimed(7), new Doubted()),
            List.of(new Claimed(7), new Cancelled("no")),
            List.of(new Claimed(7), new Accepted("SM1")),
            List.of(new Claimed(7), new Reported("SM2", Progress.DELIVERED, "")),
            List.of(new Claimed(7), new Reported("SM3", Progress.FAILED, "30003: off")),
            List.of(new Claimed(7), new Refused("21211: \"no\" number")),
            List.of(new Expired()),
            List.of(new Cancelled("no")),
            List.of(new Claimed(7), new GivenUp("unknown")),
            List.of(new GivenUp("too many"), new Released()));
    long version = 0;
    for (List<DeliveryEvent> path : paths) {
      version++;
      LedgerEntry entry = entry(ana, version, 0, at(version));
      enqueue(ana, version, entry);
      for (DeliveryEvent event : path) {
        entry = write(entry, event, at(50), at(60));
        assertThat(stored(ana, version, 0)).as("after %s", path).isEqualTo(entry);
      }
    }
  }

  @Test
  void messagesWithPicturesComeBack() {
    LedgerEntry text = entry(ana, 1, 0, at(0));
    for (OutboundMessage message :
        List.of(
            new OutboundMessage(null, "https://example.org/a.png?x=1&y=2"),
            new OutboundMessage("", "https://example.org/a.png"),
            new OutboundMessage("😀\n\\ '; --", null))) {
      PhoneNumber phone = Samples.newLearner();
      LedgerEntry entry =
          new LedgerEntry(
              new OutboundId(phone, 1, 0),
              text.kind(),
              message,
              text.zones(),
              text.createdTime(),
              text.notBefore(),
              text.expiresAt(),
              text.anyHourUntil(),
              text.state(),
              text.updatedTime(),
              0);
      enqueue(phone, 1, entry);
      assertThat(stored(phone, 1, 0)).isEqualTo(entry);
    }
  }

  @Test
  void onlyTheFirstOpenMessageOfALearnerIsDue() {
    LedgerEntry first = entry(ana, 1, 0, at(10));
    LedgerEntry second = entry(ana, 1, 1, at(0));
    enqueue(ana, 1, first, second);
    enqueue(ana, 2, entry(ana, 2, 0, at(0)));

    assertThat(ledger().due(at(9), 10)).isEmpty();
    assertThat(ledger().nextDue()).contains(at(10));
    assertThat(ledger().due(at(10), 10)).containsExactly(first);

    write(first, new Expired(), at(10), at(10));
    assertThat(ledger().due(at(10), 10)).containsExactly(second);
  }

  @Test
  void theOneThatWaitedLongestComesFirst() {
    List<LedgerEntry> expected = new ArrayList<>();
    for (PhoneNumber phone : Samples.newLearners(5)) {
      LedgerEntry entry = entry(phone, 1, 0, at(expected.size()));
      expected.add(entry);
    }
    expected.reversed().forEach(entry -> enqueue(entry.id().phone(), 1, entry));

    assertThat(ledger().due(at(9), 10)).containsExactlyElementsOf(expected);
    assertThat(ledger().due(at(9), 2)).containsExactlyElementsOf(expected.subList(0, 2));
    assertThat(ledger().due(at(2), 10)).containsExactlyElementsOf(expected.subList(0, 3));
    assertThat(ledger().nextDue()).contains(at(0));
  }

  @Test
  void aMessageThatIsBeingSentHoldsUpTheOthersUntilItIsToBeAskedAbout() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, first, entry(ana, 1, 1, at(0)));
    LedgerEntry sending = claim(first, at(0));

    assertThat(ledger().due(at(24), 10)).isEmpty();
    assertThat(ledger().nextDue()).contains(at(25));
    assertThat(ledger().due(at(25), 10)).containsExactly(sending);

    LedgerEntry doubted = write(sending, new Doubted(), at(25), at(40));
    assertThat(ledger().due(at(39), 10)).isEmpty();
    assertThat(ledger().due(at(40), 10)).containsExactly(doubted);
  }

  @Test
  void aMessageThatIsPutOffStaysInFrontOfTheOthers() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, first, entry(ana, 1, 1, at(0)));
    LedgerEntry queued = write(claim(first, at(0)), new PutOff(), at(1), at(9));

    assertThat(ledger().due(at(8), 10)).isEmpty();
    assertThat(ledger().due(at(9), 10)).containsExactly(queued);
  }

  @Test
  void afterAMessageWasSentTheNextOneKeepsTheGap() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    LedgerEntry second = entry(ana, 1, 1, at(1));
    LedgerEntry third = entry(ana, 1, 2, at(100));
    enqueue(ana, 1, first, second, third);
    send(first, "SM1", at(50));

    assertThat(ledger().nextDue()).contains(at(53));
    assertThat(ledger().due(at(52), 10)).isEmpty();
    assertThat(ledger().due(at(53), 10)).containsExactly(second);
    send(second, "SM2", at(53));
    assertThat(ledger().nextDue()).contains(at(100));
  }

  @Test
  void afterAPictureTheNextOneWaitsLonger() {
    LedgerEntry first = withPicture(entry(ana, 1, 0, at(0)));
    LedgerEntry second = entry(ana, 1, 1, at(1));
    enqueue(ana, 1, first, second);
    send(first, "SM1", at(50));

    assertThat(ledger().nextDue()).contains(at(60));
    assertThat(ledger().due(at(59), 10)).isEmpty();
    assertThat(ledger().due(at(60), 10)).containsExactly(second);
  }

  @Test
  void soDoesOneThatIsQueuedAfterThePictureWasSent() {
    LedgerEntry first = withPicture(entry(ana, 1, 0, at(0)));
    enqueue(ana, 1, first);
    send(first, "SM1", at(50));
    enqueue(ana, 2, entry(ana, 2, 0, at(51)));

    assertThat(ledger().nextDue()).contains(at(60));
  }

  @Test
  void theGapHoldsForAMessageThatIsQueuedAfterTheLastOneWasSent() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)));
    send(entry(ana, 1, 0, at(0)), "SM1", at(50));
    enqueue(ana, 2, entry(ana, 2, 0, at(51)));

    assertThat(ledger().nextDue()).contains(at(53));
    assertThat(ledger().due(at(52), 10)).isEmpty();
    assertThat(ledger().due(at(53), 10)).containsExactly(entry(ana, 2, 0, at(51)));
  }

  @Test
  void theGapHoldsWhenTheNextOneIsGivenUpMeanwhile() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    LedgerEntry second = entry(ana, 1, 1, at(1));
    enqueue(ana, 1, first, second, entry(ana, 1, 2, at(2)));
    send(first, "SM1", at(50));
    write(second, new Cancelled("no"), at(51), at(51));

    assertThat(ledger().nextDue()).contains(at(53));
  }

  /** The learner has had it for long. */
  @Test
  void aLateReportIsNoReasonToWait() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)));
    LedgerEntry sent = send(entry(ana, 1, 0, at(0)), "SM1", at(50));
    write(sent, new Reported("SM1", Progress.DELIVERED, ""), at(99), at(99));
    enqueue(ana, 2, entry(ana, 2, 0, at(100)));

    assertThat(ledger().nextDue()).contains(at(100));
  }

  @Test
  void whoTakesOverSeesAtOnceWhatOthersWereSending() {
    LedgerEntry left = claim(entryOf(ana), at(0));
    PhoneNumber next = Samples.newLearner();
    LedgerEntry doubted = write(claim(entryOf(next), at(0)), new Doubted(), at(1), at(6));
    LedgerEntry waiting = entry(ben, 1, 0, at(20));
    enqueue(ben, 1, waiting);

    ledger().takeOver(7, at(2));
    assertThat(ledger().due(at(2), 10)).as("of this epoch").isEmpty();
    ledger().takeOver(8, at(2));
    assertThat(ids(ledger().due(at(2), 10))).containsExactly(left.id());
    assertThat(stored(ana, 1, 0).updatedTime()).isEqualTo(left.updatedTime());
    assertThat(ids(ledger().due(at(6), 10))).containsExactlyInAnyOrder(left.id(), doubted.id());
  }

  /** The clock was set back to five minutes before all of this. */
  @Test
  void waitsThatBeganInTheTimeToComeAreCountedAnew() {
    Instant now = at(-300);
    LedgerEntry first = entry(ana, 1, 0, at(2));
    enqueue(ana, 1, first, entry(ana, 1, 1, at(5)));
    LedgerEntry sending = claim(entryOf(ben), at(0));

    ledger().countAnew(now);
    assertThat(ledger().nextDue()).contains(at(-298));
    assertThat(ids(ledger().due(at(-298), 10))).containsExactly(first.id());
    assertThat(ids(ledger().due(at(-275), 10))).containsExactlyInAnyOrder(first.id(), sending.id());

    // Counted once, they stay.
    ledger().countAnew(now);
    assertThat(ledger().nextDue()).contains(at(-298));

    send(stored(ana, 1, 0), "SM1", at(-298));
    assertThat(ids(ledger().due(at(-295), 10))).containsExactly(new OutboundId(ana, 1, 1));
  }

  @Test
  void neitherAGapNorAnotherDayIsLeftBehindByAClockThatWasSetBack() {
    Instant now = at(-300);
    LedgerEntry sent = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, sent, entry(ana, 1, 1, at(0)));
    send(sent, "SM1", at(0));
    LedgerEntry tomorrow = entry(ben, 1, 0, at(0));
    enqueue(ben, 1, tomorrow);
    LedgerEntry putOff = write(tomorrow, new PutOff(), at(-400), at(36_000));

    ledger().countAnew(now);
    assertThat(ids(ledger().due(at(-290), 10))).containsExactly(new OutboundId(ana, 1, 1));
    assertThat(stored(ben, 1, 0)).isEqualTo(putOff);
  }

  private LedgerEntry entryOf(PhoneNumber phone) {
    LedgerEntry entry = entry(phone, 1, 0, at(0));
    enqueue(phone, 1, entry);
    return entry;
  }

  private static List<OutboundId> ids(List<LedgerEntry> entries) {
    return entries.stream().map(LedgerEntry::id).toList();
  }

  @Test
  void aReportEndsAMessageThatIsBeingSent() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, first, entry(ana, 1, 1, at(0)));
    write(claim(first, at(0)), new Reported("SM1", Progress.SENT, ""), at(1), at(1));

    assertThat(ledger().due(at(4), 10)).containsExactly(entry(ana, 1, 1, at(0)));
  }

  @Test
  void whatHappensToAMessageThatIsOverDoesNotMoveTheOthers() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, first, entry(ana, 1, 1, at(0)));
    LedgerEntry sent = send(first, "SM1", at(0));
    write(sent, new Reported("SM1", Progress.DELIVERED, ""), at(99), at(99));

    assertThat(ledger().nextDue()).contains(at(3));
    assertThat(ledger().due(at(3), 10)).containsExactly(entry(ana, 1, 1, at(0)));
  }

  @Test
  void aReleasedMessageIsDueAgainBeforeTheLaterOnes() {
    LedgerEntry first = entry(ana, 1, 0, at(0));
    LedgerEntry second = entry(ana, 1, 1, at(0));
    enqueue(ana, 1, first, second);
    LedgerEntry parked = write(first, new GivenUp("a limit"), at(0), at(0));
    assertThat(ledger().parked(10)).containsExactly(parked);
    assertThat(ledger().due(at(0), 10)).containsExactly(second);

    LedgerEntry released = write(parked, new Released(), at(1), at(2));
    assertThat(ledger().parked(10)).isEmpty();
    assertThat(ledger().due(at(2), 10)).containsExactly(released);
    send(released, "SM1", at(2));
    assertThat(ledger().due(at(5), 10)).containsExactly(second);
    send(second, "SM2", at(5));
    assertThat(ledger().nextDue()).isEmpty();
  }

  @Test
  void parkedMessagesComeLongestParkedFirst() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)));
    enqueue(ben, 1, entry(ben, 1, 0, at(0)));
    LedgerEntry later = write(entry(ana, 1, 0, at(0)), new GivenUp("x"), at(20), at(20));
    LedgerEntry earlier = write(entry(ben, 1, 0, at(0)), new GivenUp("y"), at(10), at(10));

    assertThat(ledger().parked(10)).containsExactly(earlier, later);
    assertThat(ledger().parked(1)).containsExactly(earlier);
    assertThat(ledger().parked(ParkedPlace.of(earlier), 10)).containsExactly(later);
    assertThat(ledger().parked(ParkedPlace.of(later), 10)).isEmpty();
  }

  @Test
  void onlyTheRevisionThatWasReadIsWritten() {
    LedgerEntry read = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, read);
    enqueue(ben, 1, entry(ben, 1, 0, at(0)));
    LedgerEntry sending = claim(read, at(0));
    LedgerEntry late = read.after(new Expired(), at(1), at(1));
    LedgerEntry sound = entry(ben, 1, 0, at(0)).after(new Expired(), at(1), at(1));
    LedgerEntry unknown = entry(ben, 9, 0, at(0)).after(new Expired(), at(1), at(1));

    assertThat(ledger().write(List.of(late, sound, unknown)))
        .containsExactlyInAnyOrder(late.id(), unknown.id());
    assertThat(stored(ana, 1, 0)).isEqualTo(sending);
    assertThat(stored(ben, 1, 0)).isEqualTo(sound.written());
    assertThat(ledger().write(List.of())).isEmpty();
  }

  @Test
  void ofTwoWhoClaimAMessageExactlyOneSucceeds() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      PhoneNumber phone = Samples.newLearner();
      LedgerEntry entry = entry(phone, 1, 0, at(0));
      enqueue(phone, 1, entry, entry(phone, 1, 1, at(0)));
      LedgerEntry one = entry.after(new Claimed(1), at(0), at(25));
      LedgerEntry other = entry.after(new Claimed(2), at(0), at(25));
      List<Set<OutboundId>> conflicts =
          Race.run(
              List.<Callable<Set<OutboundId>>>of(
                  () -> ledger().write(List.of(one)), () -> secondLedger().write(List.of(other))));

      assertThat(conflicts).containsOnlyOnce(Set.of());
      assertThat(stored(phone, 1, 0))
          .isEqualTo((conflicts.getFirst().isEmpty() ? one : other).written());
    }
  }

  @Test
  void messagesAreFoundByIdAndByTheProvidersId() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)), entry(ana, 1, 1, at(0)));
    enqueue(ben, 1, entry(ben, 1, 0, at(0)));
    LedgerEntry sent = send(entry(ana, 1, 0, at(0)), "SM1", at(0));

    assertThat(ledger().find(ana, "SM1")).contains(sent);
    assertThat(ledger().find(ben, "SM1")).isEmpty();
    assertThat(ledger().find(ana, "SM2")).isEmpty();
    assertThat(
            ledger().find(List.of(sent.id(), new OutboundId(ben, 1, 0), new OutboundId(ben, 1, 1))))
        .containsExactlyInAnyOrder(sent, entry(ben, 1, 0, at(0)));
    assertThat(ledger().find(List.of())).isEmpty();
  }

  @Test
  void theProvidersIdsOfALearnerAreKnown() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)), entry(ana, 1, 1, at(0)), entry(ana, 1, 2, at(0)));
    send(entry(ana, 1, 0, at(0)), "SM1", at(0));
    write(
        claim(entry(ana, 1, 1, at(0)), at(5)),
        new Reported("SM2", Progress.FAILED, "off"),
        at(6),
        at(6));

    assertThat(ledger().sids(ana)).containsExactlyInAnyOrder("SM1", "SM2");
    assertThat(ledger().sids(ben)).isEmpty();
  }
}

package co.stopcovid.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryOutbox;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ParkedFilter;
import co.stopcovid.sms.ParkedMessages;
import co.stopcovid.sms.ParkedMessages.Decided;
import co.stopcovid.sms.ParkedMessages.Outcome;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ParkedMessagesTest {
  private static final PhoneNumber ANA = new PhoneNumber("+12025550123");
  private static final PhoneNumber BO = new PhoneNumber("+12025550124");
  private static final OutboundId ID = new OutboundId(ANA, 1, 0);
  private static final Duration DAY = Duration.ofDays(1);

  private final TestClock clock = new TestClock(Samples.NOON);
  private final InMemoryOutbox outbox = new InMemoryOutbox(Duration.ofSeconds(3));
  private final ParkedMessages parked = new ParkedMessages(outbox, clock);

  private void enqueue(DeliveryState state) {
    var entry =
        new LedgerEntry(
            ID,
            MessageKind.REPLY,
            new OutboundMessage("text", null),
            Set.of(ZoneId.of("UTC")),
            Samples.NOON,
            Samples.NOON,
            Samples.NOON.plus(DAY),
            null,
            state,
            Samples.NOON,
            0);
    SmsCursor before = SmsCursor.initial(ANA);
    var cursor =
        new SmsCursor(
            ANA, 1, before.drillVersion(), before.lastDue(), before.optedOut(), before.traffic());
    outbox.commit(List.of(new SmsCommit(0, cursor, new SmsCommit.Earlier.Kept(), List.of(entry))));
  }

  private LedgerEntry stored() {
    return outbox.find(List.of(ID)).getFirst();
  }

  @Test
  void aReleasedMessageIsDueNow() {
    enqueue(new Parked(2, "a limit"));
    clock.advance(Duration.ofHours(1));

    assertThat(parked.release(ID)).isEqualTo(Outcome.DONE);
    assertThat(stored().state()).isEqualTo(new Queued(2, 0));
    assertThat(outbox.due(clock.instant(), 10)).containsExactly(stored());
    assertThat(parked.release(ID)).isEqualTo(Outcome.NOT_PARKED);
  }

  @Test
  void aDroppedMessageIsNeverSent() {
    enqueue(new Parked(0, "a limit"));

    assertThat(parked.drop(ID)).isEqualTo(Outcome.DONE);
    assertThat(stored().state()).isInstanceOf(Failed.class);
    assertThat(outbox.nextDue()).isEmpty();
    assertThat(parked.drop(ID)).isEqualTo(Outcome.NOT_PARKED);
  }

  @Test
  void whatWasHeldBackBeforeAnOptOutCannotBeReleased() {
    enqueue(new Parked(0, "a limit"));
    SmsCursor before = outbox.cursors(Set.of(ANA)).getOrDefault(ANA, SmsCursor.initial(ANA));
    var cursor = new SmsCursor(ANA, 2, null, before.lastDue(), before.optedOut(), before.traffic());
    var cancelled = new SmsCommit.Earlier.Cancelled(clock.instant());
    outbox.commit(List.of(new SmsCommit(1, cursor, cancelled, List.of())));

    assertThat(parked.release(ID)).isEqualTo(Outcome.NOT_PARKED);
    assertThat(stored().state()).isEqualTo(new Failed(null, "the learner opted out"));
    assertThat(outbox.nextDue()).isEmpty();
  }

  @Test
  void whatIsTooLateCanOnlyBeDropped() {
    enqueue(new Parked(0, "a limit"));
    clock.advance(DAY);

    assertThat(parked.release(ID)).isEqualTo(Outcome.EXPIRED);
    assertThat(stored().state()).isInstanceOf(Parked.class);
    assertThat(parked.drop(ID)).isEqualTo(Outcome.DONE);
  }

  @Test
  void whatIsNotHeldBackIsLeftAlone() {
    enqueue(Queued.NEW);

    assertThat(parked.release(ID)).isEqualTo(Outcome.NOT_PARKED);
    assertThat(parked.drop(new OutboundId(ANA, 9, 0))).isEqualTo(Outcome.UNKNOWN_MESSAGE);
    assertThat(stored().state()).isEqualTo(Queued.NEW);
  }

  private void holdBack(PhoneNumber phone, long version, String reason, int count) {
    SmsCursor before = SmsCursor.initial(phone);
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(
          new LedgerEntry(
              new OutboundId(phone, version, i),
              MessageKind.REPLY,
              new OutboundMessage("text", null),
              Set.of(ZoneId.of("UTC")),
              clock.instant(),
              clock.instant(),
              clock.instant().plus(DAY),
              null,
              new Parked(0, reason),
              clock.instant(),
              0));
    }
    var cursor = new SmsCursor(phone, version, null, before.lastDue(), false, before.traffic());
    assertThat(
            outbox.commit(
                List.of(new SmsCommit(version - 1, cursor, new SmsCommit.Earlier.Kept(), entries))))
        .isEmpty();
  }

  private List<String> windows() {
    return parked.windows().windows().stream()
        .map(it -> "%s %s %d".formatted(it.phone().value(), it.reason(), it.messages().size()))
        .toList();
  }

  @Test
  void aWindowIsOfOneNumberAndReasonAndEndsAfterAnHourOfPeace() {
    holdBack(ANA, 1, "a limit", 2);
    holdBack(BO, 1, "a limit", 1);
    clock.advance(Duration.ofMinutes(59));
    holdBack(ANA, 2, "a limit", 3);
    holdBack(ANA, 3, "in doubt", 1);
    clock.advance(Duration.ofMinutes(59));
    holdBack(ANA, 4, "a limit", 1);
    clock.advance(Duration.ofMinutes(60));
    holdBack(ANA, 5, "a limit", 4);

    assertThat(windows())
        .containsExactly(
            "+12025550123 a limit 6",
            "+12025550124 a limit 1",
            "+12025550123 in doubt 1",
            "+12025550123 a limit 4");
  }

  @Test
  void aWindowMeansNothingThatWasHeldBackAfterItWasLookedAt() {
    holdBack(ANA, 1, "a limit", 2);
    ParkedFilter seen = parked.windows().windows().getFirst().filter();
    clock.advance(Duration.ofMinutes(1));
    holdBack(ANA, 2, "a limit", 1);

    assertThat(parked.drop(seen)).isEqualTo(new Decided(2, 0, false));
    assertThat(windows()).containsExactly("+12025550123 a limit 1");
  }

  @Test
  void whatIsReleasedAtOnceGoesOutInOrderAndWhatIsTooLateStays() {
    holdBack(ANA, 1, "a limit", 600);
    clock.advance(DAY.minus(Duration.ofMinutes(10)));
    holdBack(ANA, 2, "a limit", 600);
    holdBack(BO, 1, "a limit", 1);
    clock.advance(Duration.ofMinutes(10));

    assertThat(parked.release(ParkedFilter.of(ANA))).isEqualTo(new Decided(600, 600, false));
    assertThat(windows()).containsExactly("+12025550123 a limit 600", "+12025550124 a limit 1");
    assertThat(outbox.due(clock.instant(), 10))
        .singleElement()
        .satisfies(due -> assertThat(due.id()).isEqualTo(new OutboundId(ANA, 2, 0)));
    assertThat(parked.release(ParkedFilter.of(ANA))).isEqualTo(new Decided(0, 600, false));
    assertThat(parked.drop(ParkedFilter.ALL)).isEqualTo(new Decided(601, 0, false));
    assertThat(windows()).isEmpty();
  }
}

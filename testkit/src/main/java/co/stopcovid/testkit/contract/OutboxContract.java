package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCommit.Earlier;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.sms.Traffic;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the suites of queue and ledger share: both are two sides of the same messages. */
public abstract class OutboxContract {
  static final Instant NOW = Samples.NOON;
  static final Duration GAP = Duration.ofSeconds(3);

  protected final PhoneNumber ana = Samples.newLearner();
  protected final PhoneNumber ben = Samples.newLearner();

  /** The queue to be tested, with the ledger's messages. Empty when a test begins. */
  protected abstract OutboundQueue queue();

  /** The ledger of the queue, with a gap of three seconds. */
  protected abstract OutboundLedger ledger();

  protected int raceRounds() {
    return 30;
  }

  protected static Instant at(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  static SmsCursor cursor(PhoneNumber phone, long version) {
    return new SmsCursor(
        phone,
        version,
        version % 2 == 0 ? null : "0123456789abcdef0123456789abcdef",
        at(version),
        version % 2 == 0,
        new Traffic(LocalDate.of(2026, 11, 22), (int) version, at(-60), 7, at(-3600)));
  }

  protected static LedgerEntry entry(PhoneNumber phone, long version, int index, Instant due) {
    return new LedgerEntry(
        new OutboundId(phone, version, index),
        MessageKind.REPLY,
        new OutboundMessage("¿Qué? 水 \"" + version + "\"", null),
        Set.of(ZoneId.of("America/New_York"), ZoneId.of("America/Chicago")),
        NOW,
        due,
        at(86_400),
        at(3_600),
        DeliveryState.Queued.NEW,
        NOW,
        0);
  }

  /** The entry with a picture. */
  static LedgerEntry withPicture(LedgerEntry entry) {
    return new LedgerEntry(
        entry.id(),
        entry.kind(),
        new OutboundMessage(entry.message().body(), "https://example.org/a.png"),
        entry.zones(),
        entry.createdTime(),
        entry.notBefore(),
        entry.expiresAt(),
        entry.anyHourUntil(),
        entry.state(),
        entry.updatedTime(),
        entry.revision());
  }

  static LedgerEntry of(LedgerEntry entry, MessageKind kind) {
    return new LedgerEntry(
        entry.id(),
        kind,
        entry.message(),
        entry.zones(),
        entry.createdTime(),
        entry.notBefore(),
        entry.expiresAt(),
        null,
        entry.state(),
        entry.updatedTime(),
        entry.revision());
  }

  /** Queues entries as the learner's version, one after the versions before. */
  protected void enqueue(PhoneNumber phone, long version, LedgerEntry... entries) {
    enqueue(phone, version, new Earlier.Kept(), entries);
  }

  protected void enqueue(PhoneNumber phone, long version, Earlier earlier, LedgerEntry... entries) {
    assertThat(queue().commit(List.of(commit(phone, version, earlier, entries)))).isEmpty();
  }

  protected static SmsCommit commit(
      PhoneNumber phone, long version, Earlier earlier, LedgerEntry... entries) {
    return new SmsCommit(version - 1, cursor(phone, version), earlier, List.of(entries));
  }

  protected LedgerEntry stored(PhoneNumber phone, long version, int index) {
    List<LedgerEntry> found = ledger().find(Set.of(new OutboundId(phone, version, index)));
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** Writes what an event makes of a stored entry. */
  protected LedgerEntry write(LedgerEntry entry, DeliveryEvent event, Instant now, Instant next) {
    LedgerEntry changed = entry.after(event, now, next);
    assertThat(ledger().write(List.of(changed))).isEmpty();
    return changed.written();
  }

  /** As the sender does before it hands a message over. */
  protected LedgerEntry claim(LedgerEntry entry, Instant now) {
    return write(entry, new DeliveryEvent.Claimed(7), now, now.plusSeconds(25));
  }

  protected LedgerEntry send(LedgerEntry entry, String sid, Instant now) {
    return write(claim(entry, now), new DeliveryEvent.Accepted(sid), now, now);
  }

  Map<PhoneNumber, SmsCursor> cursors(PhoneNumber... phones) {
    return queue().cursors(Set.of(phones));
  }
}

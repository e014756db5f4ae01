package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import java.util.List;

/**
 * What one or more event batches of a learner come to.
 *
 * @param expectedVersion of the learner's cursor before
 * @param earlier what happens to the learner's messages that are queued already
 * @param entries new ones, in order: most of them queued, some parked or failed from the start
 */
public record SmsCommit(
    long expectedVersion, SmsCursor cursor, Earlier earlier, List<LedgerEntry> entries) {
  public SmsCommit {
    entries = List.copyOf(entries);
  }

  public PhoneNumber phone() {
    return cursor.phone();
  }

  /** What new events mean to messages that were called for before. */
  public sealed interface Earlier {
    /** This entry of before, as it is to be. */
    LedgerEntry apply(LedgerEntry entry);

    /** They stay as they are. */
    record Kept() implements Earlier {
      @Override
      public LedgerEntry apply(LedgerEntry entry) {
        return entry;
      }
    }

    /**
     * The learner wrote: of those that are queued, reminders are cancelled and the others are
     * replies that are due now.
     */
    record Released(Instant now, Instant anyHourUntil) implements Earlier {
      public static final String OVERTAKEN = "the learner wrote before it was sent";

      @Override
      public LedgerEntry apply(LedgerEntry entry) {
        if (!(entry.state() instanceof DeliveryState.Queued)) {
          return entry;
        }
        return entry.kind() == MessageKind.REMINDER
            ? entry.after(new DeliveryEvent.Cancelled(OVERTAKEN), now, entry.notBefore())
            : entry.asReply(now, anyHourUntil);
      }
    }

    /**
     * The learner opted out: all that are queued or parked are cancelled. What is claimed may be on
     * its way, and is cancelled if it turns out that it is not.
     */
    record Cancelled(Instant now) implements Earlier {
      public static final String OPTED_OUT = "the learner opted out";

      @Override
      public LedgerEntry apply(LedgerEntry entry) {
        return entry
            .after(new DeliveryEvent.Cancelled(OPTED_OUT), now)
            .filter(cancelled -> !cancelled.state().equals(entry.state()))
            .orElse(entry);
      }
    }
  }
}

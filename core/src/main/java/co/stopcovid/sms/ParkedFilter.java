package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of the messages that are held back are meant. What is null makes no difference.
 *
 * @param phone of the learner
 * @param reason why they are held back, exactly
 * @param since held back then or later
 * @param until held back then or earlier
 */
public record ParkedFilter(
    @Nullable PhoneNumber phone,
    @Nullable String reason,
    @Nullable Instant since,
    @Nullable Instant until) {
  /** All of them. */
  public static final ParkedFilter ALL = new ParkedFilter(null, null, null, null);

  /**
   * @throws IllegalArgumentException when it ends before it begins
   */
  public ParkedFilter {
    if (since != null && until != null && until.isBefore(since)) {
      throw new IllegalArgumentException("the end of the time is before its beginning");
    }
  }

  /** All that are held back of one number. */
  public static ParkedFilter of(PhoneNumber phone) {
    return new ParkedFilter(phone, null, null, null);
  }

  /** The same without what was held back later, so that a long work comes to an end. */
  ParkedFilter noLaterThan(Instant end) {
    return until == null || until.isAfter(end)
        ? new ParkedFilter(phone, reason, since != null && since.isAfter(end) ? end : since, end)
        : this;
  }

  /** Whether this one is meant; false for a message that is not held back. */
  public boolean fits(LedgerEntry entry) {
    return entry.state() instanceof DeliveryState.Parked parked
        && (phone == null || phone.equals(entry.id().phone()))
        && (reason == null || reason.equals(parked.reason()))
        && (since == null || !entry.updatedTime().isBefore(since))
        && (until == null || !entry.updatedTime().isAfter(until));
  }
}

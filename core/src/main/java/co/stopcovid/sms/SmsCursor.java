package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the SMS context has come with one learner's event batches.
 *
 * @param version of the last batch whose messages are in the queue; 0 for none
 * @param drillVersion id of the drill version under way after that batch; null for none
 * @param lastDue when the last message called for is due; later by as much as its picture needs a
 *     longer pause
 * @param optedOut whether the learner had opted out after that batch
 */
public record SmsCursor(
    PhoneNumber phone,
    long version,
    @Nullable String drillVersion,
    Instant lastDue,
    boolean optedOut,
    Traffic traffic) {
  public static SmsCursor initial(PhoneNumber phone) {
    return new SmsCursor(phone, 0, null, Instant.EPOCH, false, Traffic.NONE);
  }

  SmsCursor withOptedOut(boolean out) {
    return new SmsCursor(phone, version, drillVersion, lastDue, out, traffic);
  }
}

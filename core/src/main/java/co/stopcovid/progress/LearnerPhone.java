package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.EventBatch;

/**
 * One of a learner's phone numbers, and how far its dialog has been followed. Each number has a
 * dialog of its own, with its own versions.
 *
 * @param primary drills that the learner did not ask for go to this number
 * @param seq of the last batch that was applied
 * @param version of the last batch that was applied; 0 for none
 * @param validated whether the dialog of this number is registered
 * @param optedOut whether the dialog of this number ended with an opt-out
 */
public record LearnerPhone(
    PhoneNumber phone,
    boolean primary,
    SequenceNumber seq,
    long version,
    boolean validated,
    boolean optedOut) {
  /**
   * @throws IllegalArgumentException when the version is negative
   */
  public LearnerPhone {
    if (version < 0) {
      throw new IllegalArgumentException("version is " + version + ", but must not be negative");
    }
  }

  /** A number of which nothing was heard. */
  public static LearnerPhone silent(PhoneNumber phone, boolean primary) {
    return new LearnerPhone(phone, primary, SequenceNumber.ZERO, 0, false, false);
  }

  LearnerPhone after(EventBatch batch) {
    return new LearnerPhone(
        phone,
        primary,
        batch.seq(),
        batch.version(),
        batch.profile().validated(),
        batch.profile().optedOut());
  }

  /** Whether a drill or a reminder may be sent to it. */
  public boolean isReachable() {
    return validated && !optedOut;
  }
}

package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import java.util.Set;

/** Which phone numbers are one learner's. */
public record LearnerNumbers(LearnerId learner, PhoneNumber primary, Set<PhoneNumber> all) {
  /**
   * @throws IllegalArgumentException when the primary number is not among them
   */
  public LearnerNumbers {
    all = Set.copyOf(all);
    if (!all.contains(primary)) {
      throw new IllegalArgumentException(primary + " is not a number of learner " + learner);
    }
  }

  public static LearnerNumbers single(PhoneNumber phone) {
    return new LearnerNumbers(LearnerId.of(phone), phone, Set.of(phone));
  }
}

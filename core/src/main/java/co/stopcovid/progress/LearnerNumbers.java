package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import java.util.HashSet;
import java.util.List;
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

  /**
   * @param phones at least one; the first of them is the primary when none is marked so
   */
  public static LearnerNumbers of(LearnerId learner, List<LearnerPhone> phones) {
    PhoneNumber primary = phones.getFirst().phone();
    Set<PhoneNumber> all = new HashSet<>();
    for (LearnerPhone phone : phones) {
      all.add(phone.phone());
      primary = phone.primary() ? phone.phone() : primary;
    }
    return new LearnerNumbers(learner, primary, all);
  }

  public static LearnerNumbers single(PhoneNumber phone) {
    return new LearnerNumbers(LearnerId.of(phone), phone, Set.of(phone));
  }
}

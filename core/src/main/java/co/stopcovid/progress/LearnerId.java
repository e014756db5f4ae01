package co.stopcovid.progress;

import co.stopcovid.common.DerivedId;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import java.util.UUID;

/**
 * A learner, who may have several phone numbers. It derives from the first of them, so that two
 * processes that hear of a new learner at once mean the same one, and a rebuild finds it again.
 */
public record LearnerId(UUID value) implements Comparable<LearnerId> {
  public static LearnerId of(PhoneNumber first) {
    return new LearnerId(DerivedId.of(first, SequenceNumber.ZERO, "learner"));
  }

  /** In the order of the hexadecimal digits, which is PostgreSQL's. */
  @Override
  public int compareTo(LearnerId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

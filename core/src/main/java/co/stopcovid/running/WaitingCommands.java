package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps the commands that are to be tried again, by learner. */
public interface WaitingCommands {
  /**
   * What waits for these learners, {@link WaitingLearner#isEmpty} for most. Who cannot be read is
   * left out, so that the others can go on.
   */
  Map<PhoneNumber, WaitingLearner> load(Set<PhoneNumber> phones);

  /**
   * Writes what waits for learners now, each on condition that nobody wrote since it was loaded. It
   * has to be loaded again before it is written again.
   *
   * @param learners no two the same
   * @return those of whom somebody wrote meanwhile; nothing was written for them
   */
  Set<PhoneNumber> put(Collection<WaitingLearner> learners);

  /**
   * Learners who are due, roughly the earliest first. One of whom somebody wrote a moment ago may
   * be missing.
   *
   * @return at most limit
   */
  List<WaitingLearner> due(Instant now, int limit);
}

package co.stopcovid.aws.dynamo;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps the commands that are to be tried again, by learner. */
public interface WaitingStore {
  /** What waits for these learners, empty for most. Who cannot be read is left out. */
  Map<PhoneNumber, WaitingCommands> load(Set<PhoneNumber> phones);

  /**
   * Writes what waits for a learner now, on condition that nobody wrote since it was loaded.
   *
   * @return false when somebody did; nothing was written then
   */
  boolean put(WaitingCommands waiting);

  /** Learners whose commands are due, roughly the earliest first, at most limit. */
  List<WaitingCommands> due(Instant now, int limit);
}

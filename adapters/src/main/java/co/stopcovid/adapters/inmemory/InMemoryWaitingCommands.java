package co.stopcovid.adapters.inmemory;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.running.WaitingLearner;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands that wait to be tried again, in memory. For any thread. */
public final class InMemoryWaitingCommands implements WaitingCommands {
  private final Map<PhoneNumber, WaitingLearner> stored = new HashMap<>();
  private final Set<PhoneNumber> unreadable = new HashSet<>();
  private Runnable beforePut = () -> {};

  @Override
  public synchronized Map<PhoneNumber, WaitingLearner> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, WaitingLearner> found = HashMap.newHashMap(phones.size());
    phones.forEach(phone -> found.put(phone, of(phone)));
    found.keySet().removeAll(unreadable);
    return found;
  }

  @Override
  public synchronized Set<PhoneNumber> put(Collection<WaitingLearner> learners) {
    Runnable other = beforePut;
    beforePut = () -> {};
    other.run();
    Set<PhoneNumber> conflicts = new HashSet<>();
    for (WaitingLearner learner : learners) {
      if (of(learner.phone()).version() != learner.version()) {
        conflicts.add(learner.phone());
        continue;
      }
      stored.put(
          learner.phone(),
          new WaitingLearner(
              learner.phone(),
              learner.version() + 1,
              learner.attempts(),
              learner.notBefore(),
              learner.reason(),
              learner.commands()));
    }
    return conflicts;
  }

  @Override
  public synchronized List<WaitingLearner> due(Instant now, int limit) {
    return stored.values().stream()
        .filter(each -> !each.isEmpty() && each.isDue(now) && !unreadable.contains(each.phone()))
        .sorted(Comparator.comparing(WaitingLearner::notBefore))
        .limit(limit)
        .toList();
  }

  /** Another does this just before the next call writes. */
  public synchronized void beforeNextPut(Runnable other) {
    beforePut = other;
  }

  /** As if what is stored of a learner were damaged. */
  public synchronized void makeUnreadable(PhoneNumber phone) {
    unreadable.add(phone);
  }

  /** What waits of a learner. */
  public synchronized WaitingLearner of(PhoneNumber phone) {
    return stored.getOrDefault(phone, WaitingLearner.none(phone));
  }
}

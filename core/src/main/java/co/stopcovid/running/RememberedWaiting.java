package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Knows who waits, so that nothing is asked of the store for all the others. For a writer that is
 * alone, and one thread; whoever looks on sees an estimate.
 */
public final class RememberedWaiting implements WaitingCommands {
  /** How long nobody looks again at what waits of a learner and cannot be read. */
  public static final Duration UNREADABLE = Duration.ofMinutes(5);

  private final WaitingCommands store;
  private final Supplier<List<WaitingTurn>> stored;
  private final Map<PhoneNumber, WaitingTurn> turns = new HashMap<>();
  private boolean recalled;

  /**
   * @param stored all who wait by the store
   */
  public RememberedWaiting(WaitingCommands store, Supplier<List<WaitingTurn>> stored) {
    this.store = store;
    this.stored = stored;
  }

  /**
   * What was written is not committed, or somebody else may have written: all is looked up anew.
   */
  public void forget() {
    recalled = false;
  }

  /** Somebody has called these learners: whoever of them waits is due. */
  public void wake(Set<PhoneNumber> phones) {
    recall();
    for (PhoneNumber phone : phones) {
      turns.computeIfPresent(
          phone, (known, turn) -> new WaitingTurn(phone, turn.attempts(), Instant.EPOCH));
    }
  }

  public int size() {
    return turns.size();
  }

  @Override
  public Map<PhoneNumber, WaitingLearner> load(Set<PhoneNumber> phones) {
    recall();
    Map<PhoneNumber, WaitingLearner> found = HashMap.newHashMap(phones.size());
    Set<PhoneNumber> asked = new HashSet<>();
    for (PhoneNumber phone : phones) {
      if (turns.containsKey(phone)) {
        asked.add(phone);
      } else {
        found.put(phone, WaitingLearner.none(phone));
      }
    }
    if (!asked.isEmpty()) {
      found.putAll(store.load(asked));
    }
    return found;
  }

  @Override
  public Set<PhoneNumber> put(Collection<WaitingLearner> learners) {
    recall();
    Set<PhoneNumber> conflicts = store.put(learners);
    for (WaitingLearner learner : learners) {
      if (conflicts.contains(learner.phone())) {
        forget();
      } else if (learner.isEmpty()) {
        turns.remove(learner.phone());
      } else {
        turns.put(learner.phone(), learner.turn());
      }
    }
    return conflicts;
  }

  @Override
  public List<WaitingLearner> due(Instant now, int limit) {
    recall();
    List<PhoneNumber> due =
        turns.values().stream()
            .filter(turn -> turn.isDue(now))
            .sorted(Comparator.comparing(WaitingTurn::notBefore))
            .limit(limit)
            .map(WaitingTurn::phone)
            .toList();
    if (due.isEmpty()) {
      return List.of();
    }
    Map<PhoneNumber, WaitingLearner> loaded = store.load(Set.copyOf(due));
    List<WaitingLearner> found = new ArrayList<>(due.size());
    for (PhoneNumber phone : due) {
      WaitingLearner learner = loaded.get(phone);
      if (learner == null) {
        // Else they would be looked at each time, and many would leave no room for others.
        turns.put(phone, new WaitingTurn(phone, 0, now.plus(UNREADABLE)));
      } else if (learner.isEmpty()) {
        // Somebody took them out by hand.
        turns.remove(phone);
      } else {
        found.add(learner);
      }
    }
    return found;
  }

  private void recall() {
    if (!recalled) {
      turns.clear();
      stored.get().forEach(turn -> turns.put(turn.phone(), turn));
      recalled = true;
    }
  }
}

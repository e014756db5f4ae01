package co.stopcovid.aws.handling;

import co.stopcovid.aws.dynamo.WaitingCommands;
import co.stopcovid.aws.dynamo.WaitingStore;
import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What waits, in memory. */
final class InMemoryWaiting implements WaitingStore {
  private final Map<PhoneNumber, WaitingCommands> stored = new HashMap<>();
  private final Set<PhoneNumber> unreadable = new HashSet<>();
  private Runnable beforePut = () -> {};

  @Override
  public Map<PhoneNumber, WaitingCommands> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, WaitingCommands> found = new HashMap<>();
    phones.forEach(
        phone -> found.put(phone, stored.getOrDefault(phone, WaitingCommands.none(phone))));
    found.keySet().removeAll(unreadable);
    return found;
  }

  @Override
  public boolean put(WaitingCommands waiting) {
    Runnable other = beforePut;
    beforePut = () -> {};
    other.run();
    WaitingCommands before =
        stored.getOrDefault(waiting.phone(), WaitingCommands.none(waiting.phone()));
    if (before.version() != waiting.version()) {
      return false;
    }
    stored.put(
        waiting.phone(),
        new WaitingCommands(
            waiting.phone(),
            waiting.version() + 1,
            waiting.attempts(),
            waiting.notBefore(),
            waiting.reason(),
            waiting.commands()));
    return true;
  }

  @Override
  public List<WaitingCommands> due(Instant now, int limit) {
    return stored.values().stream()
        .filter(each -> !each.isEmpty() && !each.notBefore().isAfter(now))
        .sorted(Comparator.comparing(WaitingCommands::notBefore))
        .limit(limit)
        .toList();
  }

  /** Another does this between the next load and the next put. */
  void beforeNextPut(Runnable other) {
    beforePut = other;
  }

  void makeUnreadable(PhoneNumber phone) {
    unreadable.add(phone);
  }

  WaitingCommands of(PhoneNumber phone) {
    return stored.getOrDefault(phone, WaitingCommands.none(phone));
  }
}

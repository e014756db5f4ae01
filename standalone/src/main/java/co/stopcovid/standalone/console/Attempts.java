package co.stopcovid.standalone.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Bounds how often a password can be tried in a minute: from one address, and in all. */
final class Attempts {
  static final int FROM_ONE_ADDRESS = 10;

  /** Who has many addresses is bounded by it, too; and how many are remembered. */
  static final int IN_ALL = 30;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private Instant end = Instant.MIN;
  private int all;

  Attempts(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether one more is allowed; counted before the password is looked at. */
  synchronized boolean take(String address) {
    Instant now = clock.instant();
    // One that ends later than it could was begun before the clock was set back.
    if (!now.isBefore(end) || end.isAfter(now.plus(WINDOW))) {
      end = now.plus(WINDOW);
      byAddress.clear();
      all = 0;
    }
    if (all >= IN_ALL || byAddress.getOrDefault(address, 0) >= FROM_ONE_ADDRESS) {
      return false;
    }
    all++;
    byAddress.merge(address, 1, Integer::sum);
    return true;
  }

  /** How long until there are new ones; at least a second. */
  synchronized Duration untilNext() {
    Duration left = Duration.between(clock.instant(), end);
    if (left.compareTo(WINDOW) > 0) {
      return WINDOW;
    }
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }
}

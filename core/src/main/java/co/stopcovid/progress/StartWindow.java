package co.stopcovid.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The minutes in which a learner's daily drill may begin. All learners in the same time zones have
 * the same.
 *
 * @param starts the minutes that are allowed, at least one
 * @param end the first minute after the window
 */
record StartWindow(List<Instant> starts, Instant end) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  StartWindow {
    starts = List.copyOf(starts);
  }

  /** From now on, or from the next morning where it is night all the time that would be left. */
  static StartWindow of(Instant now, Duration length, LearnerHours hours, Set<ZoneId> zones) {
    List<Instant> starts = allowed(now, length, hours, zones);
    if (!starts.isEmpty()) {
      return new StartWindow(starts, now.plus(length));
    }
    Instant morning = hours.nextAllowed(zones, now);
    return new StartWindow(allowed(morning, length, hours, zones), morning.plus(length));
  }

  private static List<Instant> allowed(
      Instant from, Duration length, LearnerHours hours, Set<ZoneId> zones) {
    List<Instant> minutes = new ArrayList<>();
    Instant end = from.plus(length);
    for (Instant minute = from; minute.isBefore(end); minute = minute.plus(MINUTE)) {
      if (hours.allows(zones, minute)) {
        minutes.add(minute);
      }
    }
    return minutes;
  }

  /** A minute that looks random, but is the same whenever it is asked for the same day. */
  Instant pick(LearnerId learner, LocalDate day) {
    long mixed =
        mix(
            learner.value().getMostSignificantBits()
                ^ mix(learner.value().getLeastSignificantBits() ^ mix(day.toEpochDay())));
    return starts.get((int) Long.remainderUnsigned(mixed, starts.size()));
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit depends on every bit. */
  private static long mix(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

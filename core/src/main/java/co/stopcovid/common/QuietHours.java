package co.stopcovid.common;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Optional;

/**
 * The hours of a learner's local day outside of which nothing but replies is sent. Where a learner
 * may be in several time zones, a time is allowed when it is allowed in all of them.
 *
 * @param opens the first local time that is allowed
 * @param closes the first local time that is not allowed any more, on the same day
 */
public record QuietHours(LocalTime opens, LocalTime closes) {
  /** Sending is allowed from 08:00 to 21:00. */
  public static final QuietHours DEFAULT = new QuietHours(LocalTime.of(8, 0), LocalTime.of(21, 0));

  /** What begins later than this before the end would be broken off for the night. */
  private static final Duration ROOM = Duration.ofMinutes(30);

  /** Each round moves to the morning of a zone that is asleep; more rounds than this mean never. */
  private static final int MOST_ROUNDS = 200;

  /**
   * @throws IllegalArgumentException when the day closes before it opens
   */
  public QuietHours {
    if (!opens.isBefore(closes)) {
      throw new IllegalArgumentException(
          "the allowed hours end at %s, before they begin at %s".formatted(closes, opens));
    }
  }

  /** Whether sending is allowed at a time, in all of the zones. */
  public boolean allows(Instant time, Collection<ZoneId> zones) {
    for (ZoneId zone : zones) {
      if (!allows(time.atZone(zone).toLocalTime())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The first time, from the given one on, that is allowed in all of the zones.
   *
   * @return empty when there is none within two days: the zones lie too far apart
   */
  public Optional<Instant> nextAllowed(Instant from, Collection<ZoneId> zones) {
    Instant limit = from.plusSeconds(2 * 86_400);
    Instant time = from;
    for (int round = 0; round < MOST_ROUNDS && time.isBefore(limit); round++) {
      Instant next = time;
      for (ZoneId zone : zones) {
        next = later(next, opensNext(time.atZone(zone)));
      }
      if (next.equals(time)) {
        return Optional.of(time);
      }
      time = next;
    }
    return Optional.empty();
  }

  /**
   * A time of the day itself where it is allowed and leaves room for a conversation, else the
   * nearest one that does.
   */
  public LocalTime nearest(LocalTime wanted) {
    LocalTime latest = closes.minus(ROOM);
    if (wanted.isBefore(opens) || !latest.isAfter(opens) || latest.isAfter(closes)) {
      return opens;
    }
    return wanted.isAfter(latest) ? latest : wanted;
  }

  private boolean allows(LocalTime local) {
    return !local.isBefore(opens) && local.isBefore(closes);
  }

  private Instant opensNext(ZonedDateTime local) {
    LocalTime time = local.toLocalTime();
    if (allows(time)) {
      return local.toInstant();
    }
    var day = time.isBefore(opens) ? local.toLocalDate() : local.toLocalDate().plusDays(1);
    return day.atTime(opens).atZone(local.getZone()).toInstant();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}

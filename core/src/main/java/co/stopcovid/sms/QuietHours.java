package co.stopcovid.sms;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The hours of a learner's day in which messages that the learner did not ask for may be sent.
 *
 * @param from the first moment of the day
 * @param until no more from this moment on; after {@code from}
 */
public record QuietHours(LocalTime from, LocalTime until) {
  /** 08:00 to 21:00, as telemarketing rules have it. */
  public static final QuietHours DEFAULT = new QuietHours(LocalTime.of(8, 0), LocalTime.of(21, 0));

  /**
   * @throws IllegalArgumentException when the hours are empty or go over midnight
   */
  public QuietHours {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "messages may be sent from %s until %s, which is no part of a day"
              .formatted(from, until));
    }
  }

  /** The first moment from a given one on in which messages may be sent. */
  public Instant next(Instant time, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    LocalTime clock = local.toLocalTime();
    if (clock.isBefore(from)) {
      return local.toLocalDate().atTime(from).atZone(zone).toInstant();
    }
    if (clock.isBefore(until)) {
      return time;
    }
    return local.toLocalDate().plusDays(1).atTime(from).atZone(zone).toInstant();
  }
}

package co.stopcovid.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When learners hear from the system unasked.
 *
 * @param inactiveFor how long a learner is left alone after the last interaction
 * @param startWindow within which the daily drills begin, from the scheduler's run on
 * @param busyFor how long a learner in the middle of a drill is not interrupted by the daily one
 * @param reminders how long a prompt waits before each reminder
 */
public record ProgressSettings(
    Duration inactiveFor, Duration startWindow, Duration busyFor, ReminderLadder reminders) {
  public static final ProgressSettings DEFAULT =
      new ProgressSettings(
          Duration.ofMinutes(720),
          Duration.ofMinutes(180),
          Duration.ofMinutes(30),
          ReminderLadder.DEFAULT);

  /**
   * The day, in UTC, that a run of the daily scheduler is meant for; empty when it is so late that
   * the day's window is over: a drill at an odd hour is worse than none.
   *
   * @param dailyTime when it should run, in UTC
   */
  public Optional<LocalDate> scheduledDay(Instant now, LocalTime dailyTime) {
    OffsetDateTime today = now.atOffset(ZoneOffset.UTC).with(dailyTime);
    OffsetDateTime meant = today.toInstant().isAfter(now) ? today.minusDays(1) : today;
    return now.isAfter(meant.toInstant().plus(startWindow))
        ? Optional.empty()
        : Optional.of(meant.toLocalDate());
  }

  /**
   * @throws IllegalArgumentException when one is negative, or the window is not a minute to a day
   */
  public ProgressSettings {
    if (inactiveFor.isNegative() || busyFor.isNegative()) {
      throw new IllegalArgumentException("a duration must not be negative");
    }
    if (startWindow.compareTo(Duration.ofMinutes(1)) < 0
        || startWindow.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "the window in which drills start is %s, but must be a minute to a day"
              .formatted(startWindow));
    }
  }
}

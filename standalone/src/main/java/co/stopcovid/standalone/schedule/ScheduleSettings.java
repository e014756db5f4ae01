package co.stopcovid.standalone.schedule;

import co.stopcovid.adapters.config.LearnerRules;
import co.stopcovid.common.QuietHours;
import co.stopcovid.progress.ProgressSettings;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When things run, and when learners may be written to.
 *
 * @param dailyTime when the next drills are scheduled, in UTC
 * @param initiatorInterval how often to look for drills that are due
 * @param reminderInterval how often to look for prompts that wait
 * @param repairInterval how often to try learners again whose progress stands still
 * @param housekeepingInterval how often to forget old commands
 * @param keepCommands how long processed commands are kept
 * @param hours of a learner's local day
 * @param zone of learners of whom no time zone is known
 */
public record ScheduleSettings(
    LocalTime dailyTime,
    Duration initiatorInterval,
    Duration reminderInterval,
    Duration repairInterval,
    Duration housekeepingInterval,
    Duration keepCommands,
    QuietHours hours,
    ZoneId zone,
    ProgressSettings progress) {
  /** The shortest interval. */
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The longest interval. */
  public static final Duration LONGEST = Duration.ofDays(1);

  /** How long a provider may repeat a message. */
  public static final Duration PROVIDER_RETRIES = Duration.ofDays(2);

  public static final ScheduleSettings DEFAULT =
      new ScheduleSettings(
          LearnerRules.DAILY_TIME,
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofDays(30),
          QuietHours.DEFAULT,
          ZoneOffset.UTC,
          ProgressSettings.DEFAULT);

  /**
   * @throws IllegalArgumentException when an interval is not between a second and a day, or
   *     commands would be forgotten while their senders may repeat them
   */
  public ScheduleSettings {
    check("initiator", initiatorInterval);
    check("reminder", reminderInterval);
    check("repair", repairInterval);
    check("housekeeping", housekeepingInterval);
    if (keepCommands.compareTo(PROVIDER_RETRIES) < 0) {
      throw new IllegalArgumentException(
          "commands are kept for %s, but must be kept for %s at least, since a message may come again"
              .formatted(keepCommands, PROVIDER_RETRIES));
    }
  }

  private static void check(String what, Duration interval) {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the %s interval is %s, but must be a second to a day".formatted(what, interval));
    }
  }
}

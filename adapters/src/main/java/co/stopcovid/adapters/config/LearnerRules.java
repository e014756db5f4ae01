package co.stopcovid.adapters.config;

import co.stopcovid.common.QuietHours;
import co.stopcovid.progress.ProgressSettings;
import co.stopcovid.progress.ReminderLadder;
import co.stopcovid.sms.MessageRules;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When and how often learners hear from the system, however it is run.
 *
 * @param messages limits of the messages to one learner
 * @param rate messages a second, to all learners
 * @param hours of a learner's local day
 * @param zone of learners of whom no time zone is known
 * @param codeTries wrong registration codes of one number that are looked at without a pause
 * @param dailyTime when the next drills are scheduled, in UTC
 */
public record LearnerRules(
    MessageRules messages,
    double rate,
    QuietHours hours,
    ZoneId zone,
    int codeTries,
    LocalTime dailyTime,
    ProgressSettings progress) {
  public static final LocalTime DAILY_TIME = LocalTime.of(17, 5);

  private static final double RATE = 100;
  private static final int CODE_TRIES = 5;
  private static final Duration LONGEST_STEP = Duration.ofDays(90);

  /**
   * Reads them; what is not set has its usual value.
   *
   * @throws SettingException when a variable has a value that cannot be
   */
  public static LearnerRules from(Variables variables) {
    QuietHours hours = sendingHours(variables);
    return new LearnerRules(
        messages(variables, hours),
        variables.rate("DIALOG_SMS_RATE", RATE),
        hours,
        variables.zone("DIALOG_TIME_ZONE", ZoneOffset.UTC),
        variables.number("DIALOG_CODE_TRIES", CODE_TRIES, 1, 1_000_000),
        variables.time("DIALOG_DAILY_TIME", DAILY_TIME),
        progress(variables));
  }

  private static MessageRules messages(Variables variables, QuietHours hours) {
    MessageRules usual = MessageRules.DEFAULT;
    return usual
        .withGap(variables.duration("DIALOG_SMS_GAP", usual.gap()))
        .withSendingHours(hours)
        .withLimits(
            variables.number("DIALOG_MESSAGES_PER_DAY", usual.messagesPerDay(), 1, 1_000_000),
            variables.number("DIALOG_REPLIES_PER_WINDOW", usual.repliesPerWindow(), 1, 1_000_000));
  }

  private static ProgressSettings progress(Variables variables) {
    ProgressSettings usual = ProgressSettings.DEFAULT;
    return new ProgressSettings(
        variables.duration("DIALOG_INACTIVE_FOR", usual.inactiveFor()),
        variables.duration(
            "DIALOG_START_WINDOW", usual.startWindow(), Duration.ofMinutes(1), Duration.ofDays(1)),
        usual.busyFor(),
        new ReminderLadder(
            variables.durations(
                "DIALOG_REMIND_AFTER",
                usual.reminders().steps(),
                Duration.ofMinutes(1),
                LONGEST_STEP,
                ReminderLadder.MOST_STEPS)));
  }

  private static QuietHours sendingHours(Variables variables) {
    QuietHours usual = QuietHours.DEFAULT;
    LocalTime opens = variables.time("DIALOG_SENDING_FROM", usual.opens());
    LocalTime closes = variables.time("DIALOG_SENDING_UNTIL", usual.closes());
    if (!opens.isBefore(closes)) {
      throw new SettingException(
          "DIALOG_SENDING_FROM is %s, but must be earlier than DIALOG_SENDING_UNTIL, which is %s: such as %s and %s"
              .formatted(opens, closes, usual.opens(), usual.closes()));
    }
    return new QuietHours(opens, closes);
  }
}

package co.stopcovid.progress;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How far a learner has fallen silent, by the sessions in a row that came unasked and had no
 * answer. Who is silent hears less of the system, and nothing in the end; people look after them.
 */
public enum Silence {
  /** The learner answers, or has had hardly a chance to: reminders, and a session a day. */
  NONE("", 1),
  /** Two sessions without an answer: no reminders, and one session a week. */
  WEEKLY("no reminders, one session a week", 7),
  /** Four more: nothing until the learner writes. */
  COMPLETE("nothing until the learner writes", Integer.MAX_VALUE);

  private static final int WEEKLY_FROM = 2;
  private static final int COMPLETE_FROM = WEEKLY_FROM + 4;

  private final String words;
  private final int daysBetween;

  Silence(String words, int daysBetween) {
    this.words = words;
    this.daysBetween = daysBetween;
  }

  /**
   * @param unanswered unasked sessions in a row without any answer
   */
  public static Silence after(int unanswered) {
    if (unanswered >= COMPLETE_FROM) {
      return COMPLETE;
    }
    return unanswered >= WEEKLY_FROM ? WEEKLY : NONE;
  }

  /** What it means, for the people who look after learners; empty for no silence. */
  public String words() {
    return words;
  }

  /** As in JSON: {@code weekly}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean allowsReminders() {
    return this == NONE;
  }

  /**
   * Whether there may be another unasked session.
   *
   * @param last the learner's day on which the last one began
   * @param day the learner's day on which it would begin
   */
  boolean allowsAnother(LocalDate last, LocalDate day) {
    return this != COMPLETE && ChronoUnit.DAYS.between(last, day) >= daysBetween;
  }
}

package co.stopcovid.sms;

import java.time.Instant;
import java.time.LocalDate;

/**
 * How much a learner got lately, counted when a message is called for.
 *
 * @param day of the learner's calendar that the messages are counted on; never goes back
 * @param messages called for on that day
 * @param windowStart from when on replies are counted
 * @param replies since then
 * @param blockedUntil the learner gets nothing before; far in the past when not blocked
 */
public record Traffic(
    LocalDate day, int messages, Instant windowStart, int replies, Instant blockedUntil) {
  public static final Traffic NONE =
      new Traffic(LocalDate.EPOCH, 0, Instant.EPOCH, 0, Instant.EPOCH);

  /**
   * Once a later day is counted, messages of a day before count for it too: nothing is forgotten.
   */
  Traffic withMessage(LocalDate on) {
    return on.isAfter(day)
        ? new Traffic(on, 1, windowStart, replies, blockedUntil)
        : new Traffic(day, messages + 1, windowStart, replies, blockedUntil);
  }

  int messagesOn(LocalDate date) {
    return date.isAfter(day) ? 0 : messages;
  }

  /** Counts a reply, and blocks the learner when there are more than people can call for. */
  Traffic withReply(Instant now, MessageRules rules) {
    // A window that begins in the time to come began before the clock was set back.
    boolean inWindow =
        !now.isBefore(windowStart) && now.isBefore(windowStart.plus(rules.loopWindow()));
    Instant start = inWindow ? windowStart : now;
    int count = inWindow ? replies + 1 : 1;
    return count > rules.repliesPerWindow()
        ? new Traffic(day, messages, start, count, now.plus(rules.loopPause()))
        : new Traffic(day, messages, start, count, blockedUntil);
  }

  boolean isBlocked(Instant now) {
    return now.isBefore(blockedUntil);
  }
}

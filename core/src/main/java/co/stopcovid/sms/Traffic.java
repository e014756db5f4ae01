package co.stopcovid.sms;

import java.time.Instant;
import java.time.LocalDate;

/**
 * How much a learner got lately, counted when a message is called for.
 *
 * @param day of the learner's calendar that the messages are counted on
 * @param messages called for on that day
 * @param windowStart from when on replies are counted
 * @param replies since then
 * @param blockedUntil the learner gets nothing before; far in the past when not blocked
 */
public record Traffic(
    LocalDate day, int messages, Instant windowStart, int replies, Instant blockedUntil) {
  public static final Traffic NONE =
      new Traffic(LocalDate.EPOCH, 0, Instant.EPOCH, 0, Instant.EPOCH);

  Traffic withMessage(LocalDate on) {
    return new Traffic(on, on.equals(day) ? messages + 1 : 1, windowStart, replies, blockedUntil);
  }

  int messagesOn(LocalDate date) {
    return date.equals(day) ? messages : 0;
  }

  /** Counts a reply, and blocks the learner when there are more than people can call for. */
  Traffic withReply(Instant now, MessageRules rules) {
    boolean inWindow = now.isBefore(windowStart.plus(rules.loopWindow()));
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

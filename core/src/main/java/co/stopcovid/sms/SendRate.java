package co.stopcovid.sms;

import java.time.Duration;
import java.time.Instant;

/**
 * How many messages may go out: a bucket that fills steadily, holds one second's worth and is
 * emptied by sending. For any thread.
 */
public final class SendRate {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private final double perSecond;
  private final double capacity;
  private double tokens;
  private Instant filledTime;
  private Instant pausedUntil = Instant.MIN;

  /**
   * @param perSecond messages a second, more than 0
   */
  public SendRate(double perSecond, Instant now) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(
          "a rate of " + perSecond + " messages a second sends none");
    }
    this.perSecond = perSecond;
    this.capacity = Math.max(1, perSecond);
    this.tokens = capacity;
    this.filledTime = now;
  }

  /** How many messages may go out now. */
  synchronized int available(Instant now) {
    fill(now);
    return now.isBefore(pausedUntil) ? 0 : (int) Math.min(tokens, Integer.MAX_VALUE);
  }

  synchronized void take(int messages) {
    tokens -= messages;
  }

  /** The provider asks for a pause. */
  synchronized void pauseUntil(Instant time) {
    if (time.isAfter(pausedUntil)) {
      pausedUntil = time;
    }
  }

  /** When the next message may go out, in whole milliseconds as the clock of a sender goes. */
  synchronized Instant next(Instant now) {
    fill(now);
    Instant filled =
        tokens >= 1 ? now : now.plusMillis((long) Math.ceil((1 - tokens) / perSecond * MILLIS));
    return filled.isBefore(pausedUntil) ? pausedUntil : filled;
  }

  private void fill(Instant now) {
    if (now.isAfter(filledTime)) {
      double seconds = Duration.between(filledTime, now).toNanos() / NANOS;
      tokens = Math.min(capacity, tokens + seconds * perSecond);
      filledTime = now;
    }
  }
}

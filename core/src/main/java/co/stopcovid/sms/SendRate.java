package co.stopcovid.sms;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many messages may go out, or be asked about: a bucket that fills steadily, holds one second's
 * worth and is emptied by sending. It does not ask what time of day it is, so that a clock that is
 * set stops nothing. For any thread.
 */
public final class SendRate {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private final double perSecond;
  private final double capacity;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledNanos;
  private long pausedUntilNanos;

  /**
   * @param perSecond messages a second, more than 0
   * @param nanoTime a clock that nobody sets, such as {@link System#nanoTime}
   */
  public SendRate(double perSecond, LongSupplier nanoTime) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(
          "a rate of " + perSecond + " messages a second sends none");
    }
    this.perSecond = perSecond;
    this.capacity = Math.max(1, perSecond);
    this.nanoTime = nanoTime;
    this.tokens = capacity;
    this.filledNanos = nanoTime.getAsLong();
    this.pausedUntilNanos = filledNanos;
  }

  /** How many messages may go out now. */
  synchronized int available() {
    fill();
    return pauseLeft() > 0 ? 0 : (int) Math.min(tokens, Integer.MAX_VALUE);
  }

  synchronized void take(int messages) {
    tokens -= messages;
  }

  /** The provider asks for a pause. A shorter one than that under way changes nothing. */
  synchronized void pauseFor(Duration time) {
    long until = nanoTime.getAsLong() + time.toNanos();
    if (until - pausedUntilNanos > 0) {
      pausedUntilNanos = until;
    }
  }

  /** How long until the next message may go out, in whole milliseconds. */
  synchronized Duration untilNext() {
    fill();
    double missing = tokens >= 1 ? 0 : (1 - tokens) / perSecond * MILLIS;
    double paused = pauseLeft() / NANOS * MILLIS;
    return Duration.ofMillis((long) Math.ceil(Math.max(missing, paused)));
  }

  private long pauseLeft() {
    return pausedUntilNanos - filledNanos;
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(capacity, tokens + (now - filledNanos) / NANOS * perSecond);
    filledNanos = now;
  }
}

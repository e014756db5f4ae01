package co.stopcovid.common;

import java.time.Duration;

/** How long to wait before trying again: doubling from the first wait to the longest. */
public record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 30;

  /**
   * The wait after a number of attempts.
   *
   * @param attempts how often it was tried, at least once
   */
  public Duration after(int attempts) {
    Duration wait = first.multipliedBy(1L << Math.clamp(attempts - 1L, 0, MOST_DOUBLINGS));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}

package co.stopcovid.standalone.workers;

import java.time.Duration;

/**
 * How often to look without a signal. Who works is told by a signal of what comes in this process;
 * looking is for what another process has written, and costs as long as there is nothing.
 */
final class Idle {
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration SELDOM = Duration.ofMillis(700);

  private Idle() {}

  /**
   * The longest wait for a signal.
   *
   * @param poll how often to look while there is work now and then
   * @param sinceNanos when there was work last, by the system's own clock
   */
  static Duration wait(Duration poll, long sinceNanos) {
    boolean isIdle = System.nanoTime() - sinceNanos > SOON.toNanos();
    return isIdle && poll.compareTo(SELDOM) < 0 ? SELDOM : poll;
  }
}

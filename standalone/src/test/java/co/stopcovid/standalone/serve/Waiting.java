package co.stopcovid.standalone.serve;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other threads or processes bring about, for a bounded time. */
final class Waiting {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(10);

  private Waiting() {}

  /** Waits until a condition holds. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    until(what, PATIENCE, condition);
  }

  static void until(String what, Duration patience, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %s: %s".formatted(patience, what));
      }
      Thread.sleep(POLL);
    }
  }
}

package co.stopcovid.aws.retry;

import co.stopcovid.common.Backoff;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * How often something is tried, and how long to wait between: each time twice as long, up to a
 * bound.
 *
 * @param tries at least 1; 1 means that nothing is tried again
 * @param first the wait after the first failure
 * @param longest no wait is longer
 * @param pause waits; tests pass one that does not
 */
public record Retries(int tries, Duration first, Duration longest, Consumer<Duration> pause) {
  /**
   * @throws IllegalArgumentException when nothing would ever be tried
   */
  public Retries {
    if (tries < 1) {
      throw new IllegalArgumentException("%d tries".formatted(tries));
    }
  }

  /** Waits by sleeping. A thread that is interrupted meanwhile gives up. */
  public static Retries sleeping(int tries, Duration first, Duration longest) {
    return new Retries(tries, first, longest, Retries::sleep);
  }

  /**
   * Waits, unless all tries are used up.
   *
   * @param failures how many tries have failed by now, without a success between them
   * @return whether to try again
   */
  public boolean retryAfter(int failures) {
    if (failures >= tries) {
      return false;
    }
    pause.accept(new Backoff(first, longest).after(failures));
    return true;
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var cancelled = new CancellationException("interrupted while waiting to try again");
      cancelled.initCause(e);
      throw cancelled;
    }
  }
}

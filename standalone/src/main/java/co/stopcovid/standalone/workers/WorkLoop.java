package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.DatabaseWentBackException;
import co.stopcovid.adapters.postgres.FencedOffException;
import co.stopcovid.common.Backoff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does work as long as there is some, then sleeps until it is woken. After a failure
 * it tries again, less and less often. When another process has taken over it ends.
 */
public final class WorkLoop implements Leadership.Work {
  private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private static final int MANY = 5;
  private static final Duration CLOSING = Duration.ofSeconds(30);

  /** Some work, a bounded amount of it. */
  @FunctionalInterface
  public interface Work {
    /**
     * @return 0 when there is nothing to do now
     */
    int work() throws Exception;
  }

  /**
   * Lets work gather, so that a transaction is not made for each bit of it.
   *
   * @param time between two pieces of work
   * @param enough how much in one piece makes the next one follow at once
   */
  public record Gathering(Duration time, int enough) {
    /** Takes what is there. */
    public static final Gathering NONE = new Gathering(Duration.ZERO, 0);
  }

  private final String name;
  private final Work work;
  private final Signal signal;
  private final Duration poll;
  private final Gathering gathering;
  private final Runnable whenFencedOff;
  private final Thread thread;
  private volatile boolean stopping;

  /** How often it failed since it did something last. */
  private volatile int failures;

  /**
   * @param signal raised when there may be something to do
   * @param poll how often to look without a signal
   * @param whenFencedOff told when another process has taken over; must not wait for this loop
   */
  public WorkLoop(String name, Work work, Signal signal, Duration poll, Runnable whenFencedOff) {
    this(name, work, signal, poll, Gathering.NONE, whenFencedOff);
  }

  /**
   * @param signal raised when there may be something to do
   * @param poll how often to look without a signal
   * @param gathering whether work gathers between two pieces of it
   * @param whenFencedOff told when another process has taken over; must not wait for this loop
   */
  public WorkLoop(
      String name,
      Work work,
      Signal signal,
      Duration poll,
      Gathering gathering,
      Runnable whenFencedOff) {
    this.name = name;
    this.work = work;
    this.signal = signal;
    this.poll = poll;
    this.gathering = gathering;
    this.whenFencedOff = whenFencedOff;
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  /** The outermost loop. An error, such as a deep recursion, is of one batch and ends no worker. */
  @SuppressWarnings("CatchingUnchecked")
  private void run() {
    long idleSince = System.nanoTime();
    while (!stopping) {
      try {
        int done = work.work();
        failures = 0;
        if (done > 0) {
          idleSince = System.nanoTime();
        }
        if (done == 0 && !stopping) {
          signal.await(Idle.wait(poll, idleSince));
        } else if (done < gathering.enough() && !stopping) {
          Thread.sleep(gathering.time());
        }
      } catch (InterruptedException e) {
        return;
      } catch (DatabaseWentBackException e) {
        LOG.error("the workers begin anew: worker={} reason={}", name, e.getMessage());
        whenFencedOff.run();
        return;
      } catch (FencedOffException e) {
        LOG.warn("worker stops, another process works: worker={} reason={}", name, e.getMessage());
        whenFencedOff.run();
        return;
      } catch (Throwable e) {
        int count = failures + 1;
        failures = count;
        LOG.error("worker failed and tries again: worker={} failures={}", name, count, e);
        pause(BACKOFF.after(count));
      }
    }
  }

  private void pause(Duration wait) {
    try {
      for (long left = wait.toMillis(); left > 0 && !stopping; left -= 50) {
        Thread.sleep(Math.min(left, 50));
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  public String name() {
    return name;
  }

  /** Whether it has failed so often in a row that it is no passing outage. */
  public boolean isFailing() {
    return failures >= MANY;
  }

  @Override
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Lets the work under way come to its end, then stops. */
  @Override
  public void close() {
    stopping = true;
    signal.raise();
    try {
      if (!thread.join(CLOSING)) {
        LOG.error("worker does not stop: worker={}", name);
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

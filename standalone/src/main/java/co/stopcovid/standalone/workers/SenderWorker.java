package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.sms.MessageReport;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.SmsSender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, step by step, and tells the log what could not be sent. Each method is for one
 * thread.
 */
public final class SenderWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SenderWorker.class);

  /** Not much longer, because another process may have queued something. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  /** For so long the provider's answers gather: nobody waits for them but the next message. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  private static final Duration CLOSING = Duration.ofSeconds(20);
  private static final Duration CLOSING_STEP = Duration.ofMillis(50);

  private final SmsSender sender;
  private final long epoch;
  private final InstantSource clock;
  private final Consumer<List<LedgerEntry>> observer;

  /** When there was something to do last, by the system's own clock. */
  private long workedNanos = System.nanoTime();

  /**
   * @param epoch of the lease that this process holds
   * @param observer told of entries that are not open any more
   */
  public SenderWorker(
      SmsSender sender, long epoch, InstantSource clock, Consumer<List<LedgerEntry>> observer) {
    this.sender = sender;
    this.epoch = epoch;
    this.clock = clock;
    this.observer = observer;
  }

  /** One step, and the wait for the next. Never 0: it waits itself. */
  public int work() throws InterruptedException {
    SmsSender.Step step = sender.step(epoch);
    report(step.finished());
    if (step.started() > 0 || !step.finished().isEmpty()) {
      workedNanos = System.nanoTime();
      Thread.sleep(GATHERING);
      return 1;
    }
    Instant now = clock.instant();
    Duration longest = Idle.wait(LONGEST_WAIT, workedNanos);
    Duration wait = step.wake().map(wake -> Duration.between(now, wake)).orElse(longest);
    if (wait.isPositive()) {
      sender.await(wait.compareTo(longest) < 0 ? wait : longest);
    }
    return 1;
  }

  /** Hands over what is claimed, however long a step takes. For one thread, a second one. */
  public int handOver() throws InterruptedException {
    sender.awaitClaims(LONGEST_WAIT);
    sender.handOver();
    return 1;
  }

  private void report(List<LedgerEntry> finished) {
    if (finished.isEmpty()) {
      return;
    }
    observer.accept(finished);
    MessageReport.finished(LOG, finished);
  }

  /**
   * Waits for what is with the provider and writes its answers; starts nothing any more. Messages
   * that were claimed and not handed over are queued again.
   */
  @Override
  public void close() {
    long began = System.nanoTime();
    report(sender.finish());
    try {
      while (sender.inFlight() > 0 && System.nanoTime() - began < CLOSING.toNanos()) {
        sender.await(CLOSING_STEP);
        report(sender.finish());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (sender.inFlight() > 0) {
      LOG.warn("messages are left in doubt and settled by the next start: {}", sender.inFlight());
    }
  }
}

package co.stopcovid.aws.handling;

import co.stopcovid.adapters.sms.MessageReport;
import co.stopcovid.sms.SmsSender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due until nothing will be for a while, and has itself woken for what is due soon
 * after. Several may run at a time: a claim is a conditional write of the ledger. What is cut short
 * is settled later, by asking the provider.
 */
public final class Sending {
  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  /** Also what others queue meanwhile is seen so soon. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  /** So long before the end nothing is begun any more: longer than the provider may take. */
  private static final Duration CLOSING = Duration.ofSeconds(20);

  /** So long before the end the provider's answers are not waited for any more. */
  private static final Duration LAST = Duration.ofSeconds(2);

  private final SmsSender sender;
  private final WakeUps wakeUps;
  private final InstantSource clock;

  /**
   * @param wakeUps have this run again
   */
  public Sending(SmsSender sender, WakeUps wakeUps, InstantSource clock) {
    this.sender = sender;
    this.wakeUps = wakeUps;
    this.clock = clock;
  }

  /**
   * Sends. Whatever happens, what was handed to the provider is waited for.
   *
   * @param left the time that is left for it
   * @throws InterruptedException when it is to begin nothing more
   */
  public void run(Supplier<Duration> left) throws InterruptedException {
    Optional<Instant> next;
    try {
      next = sendUntilIdle(left);
    } finally {
      finish(left);
    }
    next.ifPresent(wakeUps::at);
  }

  /** When there is something to do again. */
  private Optional<Instant> sendUntilIdle(Supplier<Duration> left) throws InterruptedException {
    Duration rest = left.get().minus(CLOSING);
    while (rest.isPositive()) {
      SmsSender.Step step = sender.step(epoch());
      MessageReport.finished(LOG, step.finished());
      Instant now = clock.instant();
      Duration wait = step.wake().map(due -> Duration.between(now, due)).orElse(LONGEST_WAIT);
      if (sender.inFlight() == 0 && (step.wake().isEmpty() || wait.compareTo(rest) > 0)) {
        return step.wake();
      }
      if (sender.inFlight() == 0 && sender.isHeld() && wait.compareTo(LONGEST_WAIT) > 0) {
        // What the provider refuses is not waited for here: the hold is remembered until then.
        return step.wake();
      }
      if (wait.isPositive()) {
        sender.await(shorter(wait, shorter(rest, LONGEST_WAIT)));
      }
      rest = left.get().minus(CLOSING);
    }
    return Optional.of(clock.instant());
  }

  /**
   * Claims are told apart by their revision, so that the time will do for an epoch: a claim that is
   * due was made in an earlier one, and nobody is at it for so long. Whoever made it has died.
   */
  private long epoch() {
    return clock.instant().toEpochMilli();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void finish(Supplier<Duration> left) throws InterruptedException {
    while (sender.inFlight() > 0 && left.get().compareTo(LAST) > 0) {
      sender.await(LONGEST_WAIT);
      try {
        MessageReport.finished(LOG, sender.finish());
      } catch (RuntimeException e) {
        // The answers are kept. Who leaves now leaves threads that are frozen, and go on later.
        LOG.warn("answers of the provider cannot be written yet", e);
      }
    }
    if (sender.inFlight() > 0) {
      LOG.warn("messages are left in doubt and settled later: {}", sender.inFlight());
    }
  }
}

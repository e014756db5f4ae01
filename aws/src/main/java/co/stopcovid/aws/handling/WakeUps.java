package co.stopcovid.aws.handling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has messages sent as they become due. It wakes for what is due soon, and once for all of it. */
public final class WakeUps {
  private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

  /** Whatever is due later is found before, since every minute somebody looks. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Supplier<Optional<Instant>> nextDue;
  private final Consumer<Instant> queue;
  private final InstantSource clock;

  /**
   * @param nextDue when the next message is due
   * @param queue has the sender woken at a time
   */
  public WakeUps(
      Supplier<Optional<Instant>> nextDue, Consumer<Instant> queue, InstantSource clock) {
    this.nextDue = nextDue;
    this.queue = queue;
    this.clock = clock;
  }

  /** Has the sender woken at a time, unless that is not soon. */
  public void at(Instant due) {
    if (!due.isAfter(clock.instant().plus(SOON))) {
      queue.accept(due);
    }
  }

  /**
   * Does what may make messages due, and has the sender woken for them. While the message that was
   * next is next still, whoever sends that one finds the others, too.
   */
  public <T> T whenDue(Supplier<T> work) {
    Optional<Instant> before = nextDue.get();
    T done = work.get();
    try {
      Optional<Instant> next = nextDue.get();
      if (!next.equals(before)) {
        next.ifPresent(this::at);
      }
    } catch (RuntimeException e) {
      // What was done is done, and doing it again would keep learners waiting for longer.
      LOG.error("the sender is not woken: messages may be a minute late", e);
    }
    return done;
  }
}

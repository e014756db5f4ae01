package co.stopcovid.aws.handling;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.Failure;
import co.stopcovid.dialog.DeadLetter;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages of a queue without order one by one: reports on messages, and learners' messages
 * for the log. What can never be taken goes whole to the failure queue; what fails comes again.
 *
 * @param <T> what a message holds
 */
public final class QueueReading<T> {
  public static final String DELIVERY_REPORTS = "delivery-reports";
  public static final String MESSAGE_LOG = "message-log";

  private static final Logger LOG = LoggerFactory.getLogger(QueueReading.class);

  private final String source;
  private final Function<String, T> decoder;
  private final Consumer<T> taker;
  private final Consumer<List<DeadLetter>> failureQueue;
  private final InstantSource clock;

  /**
   * @param source of the dead letters
   * @param decoder reads a message; throws {@link MalformedJsonException}
   * @param taker takes in what a message holds, which may come again
   */
  public QueueReading(
      String source,
      Function<String, T> decoder,
      Consumer<T> taker,
      Consumer<List<DeadLetter>> failureQueue,
      InstantSource clock) {
    this.source = source;
    this.decoder = decoder;
    this.taker = taker;
    this.failureQueue = failureQueue;
    this.clock = clock;
  }

  /**
   * Takes messages.
   *
   * @return those to be received again
   */
  public Set<String> handle(List<QueuedRecord> messages) {
    Set<String> again = new HashSet<>();
    for (QueuedRecord message : messages) {
      try {
        take(message);
      } catch (RuntimeException e) {
        // A handler's outermost loop: the message comes again.
        LOG.error("message of a queue failed: queue={} message={}", source, message.id(), e);
        again.add(message.id());
      }
    }
    return again;
  }

  private void take(QueuedRecord message) {
    try {
      taker.accept(decoder.apply(message.body()));
    } catch (RuntimeException e) {
      if (AwsFailures.kindOf(e) != Failure.Kind.DATA) {
        throw e;
      }
      LOG.warn("message of a queue refused: queue={} message={}", source, message.id(), e);
      failureQueue.accept(
          List.of(
              new DeadLetter(
                  source,
                  message.id(),
                  message.body(),
                  Failure.reasonOf(e),
                  clock.instant().truncatedTo(ChronoUnit.MILLIS))));
    }
  }
}

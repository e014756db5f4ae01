package co.stopcovid.aws.handling;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.EventBatch;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts event batches that a consumer cannot take, whole, into the failure queue. */
public final class FailedBatches {
  private static final Logger LOG = LoggerFactory.getLogger(FailedBatches.class);

  private final String consumer;
  private final Consumer<List<DeadLetter>> failureQueue;
  private final InstantSource clock;

  /**
   * @param consumer {@link DeadLetter#MESSAGES} or {@link DeadLetter#PROGRESS}
   */
  public FailedBatches(
      String consumer, Consumer<List<DeadLetter>> failureQueue, InstantSource clock) {
    this.consumer = consumer;
    this.failureQueue = failureQueue;
    this.clock = clock;
  }

  /**
   * The batches that can be taken in. What cannot be read goes to the failure queue first; so do
   * its learner's later batches of the page, which could not be taken without it.
   */
  List<EventBatch> intact(EventPage page) {
    Map<String, String> unreadable = new LinkedHashMap<>();
    List<DeadLetter> letters = new ArrayList<>();
    List<EventBatch> intact = new ArrayList<>();
    for (EventPage.Entry entry : page.entries()) {
      switch (entry) {
        case EventPage.Entry.Unreadable(String id, String phone, String payload, String reason) -> {
          LOG.error(
              "event batch cannot be read: consumer={} id={} reason={}", consumer, id, reason);
          unreadable.putIfAbsent(phone, reason);
          letters.add(new DeadLetter(consumer, id, payload, reason, now()));
        }
        case EventPage.Entry.Intact(String id, EventBatch batch) -> {
          if (unreadable.containsKey(batch.phone().value())) {
            letters.add(letter(batch, "an earlier batch of this learner cannot be read"));
          } else {
            intact.add(batch);
          }
        }
      }
    }
    send(letters);
    return intact;
  }

  /** Gives up batches for one reason. */
  void add(List<EventBatch> batches, String reason) {
    batches.forEach(
        batch ->
            LOG.error(
                "event batch goes to the failure queue: consumer={} phone={} version={} reason={}",
                consumer,
                batch.phone(),
                batch.version(),
                reason));
    send(batches.stream().map(batch -> letter(batch, reason)).toList());
  }

  private void send(List<DeadLetter> letters) {
    if (!letters.isEmpty()) {
      failureQueue.accept(letters);
    }
  }

  private DeadLetter letter(EventBatch batch, String reason) {
    return new DeadLetter(
        consumer, batch.id().toString(), EventBatchCodec.encode(batch), reason, now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

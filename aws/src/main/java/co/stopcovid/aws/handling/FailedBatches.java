package co.stopcovid.aws.handling;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.running.EventFollower;
import co.stopcovid.running.EventPage;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts event batches that a consumer cannot take, whole, into the failure queue. */
public final class FailedBatches implements EventFollower.PassedOver {
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
   * What of a page cannot be read, and the batches of learners who are passed over, which could not
   * be taken without it.
   */
  @Override
  public void add(EventPage page, Map<PhoneNumber, String> reasons) {
    List<DeadLetter> letters = new ArrayList<>();
    Map<PhoneNumber, String> unreadable = page.unreadable();
    Set<PhoneNumber> stopped = new HashSet<>();
    for (EventPage.Entry entry : page.entries()) {
      switch (entry) {
        case EventPage.Entry.Unreadable(
                String id,
                PhoneNumber phone,
                String payload,
                String reason) -> {
          LOG.error(
              "event batch cannot be read: consumer={} id={} reason={}", consumer, id, reason);
          letters.add(new DeadLetter(consumer, id, payload, reason, now()));
          if (phone != null) {
            stopped.add(phone);
          }
        }
        case EventPage.Entry.Intact(String id, EventBatch batch) -> {
          String reason = reasons.get(batch.phone());
          if (stopped.contains(batch.phone())) {
            letters.add(failed(batch, "an earlier batch of this learner cannot be read"));
          } else if (reason != null && !reason.equals(unreadable.get(batch.phone()))) {
            letters.add(failed(batch, reason));
          }
        }
      }
    }
    send(letters);
  }

  /** Gives up batches for one reason. */
  void add(List<EventBatch> batches, String reason) {
    send(batches.stream().map(batch -> failed(batch, reason)).toList());
  }

  private void send(List<DeadLetter> letters) {
    if (!letters.isEmpty()) {
      failureQueue.accept(letters);
    }
  }

  private DeadLetter failed(EventBatch batch, String reason) {
    LOG.error(
        "event batch goes to the failure queue: consumer={} phone={} version={} reason={}",
        consumer,
        batch.phone(),
        batch.version(),
        reason);
    return new DeadLetter(
        consumer, batch.id().toString(), EventBatchCodec.encode(batch), reason, now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

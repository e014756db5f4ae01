package co.stopcovid.aws.sqs;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.MissingDrillVersionException;
import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Event batches on their way to the senders, one entry each in a FIFO queue. The group is the phone
 * number, so that a learner's batches come in order; the deduplication id is the batch's.
 */
public final class OutboundBatches {
  private final QueueSender queue;

  public OutboundBatches(QueueSender queue) {
    this.queue = queue;
  }

  /**
   * Sends batches in their order.
   *
   * @return those that were not sent, by their place; with a batch the later ones of its learner
   */
  public List<QueueSender.Unsent> send(List<EventBatch> batches) {
    return queue.trySend(batches.stream().map(OutboundBatches::entry).toList());
  }

  static QueueMessage entry(EventBatch batch) {
    return QueueMessage.inGroup(
        batch.phone().value(), batch.id().toString(), EventBatchCodec.encode(batch));
  }

  /**
   * Reads the body of an entry.
   *
   * @param versions finds a drill version by its id
   * @throws UnknownEventTypeException when an event is of a type that this program does not know
   * @throws MissingDrillVersionException when the drill version that an event started is not found
   * @throws MalformedJsonException when it has not the form of a batch
   */
  public static EventBatch decode(String body, Function<String, Optional<DrillVersion>> versions) {
    return EventBatchCodec.decode(body, versions);
  }
}

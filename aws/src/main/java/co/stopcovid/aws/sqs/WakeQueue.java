package co.stopcovid.aws.sqs;

import co.stopcovid.adapters.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Wakes the sender when messages are due. It may wake it too often, and never more than 15 minutes
 * ahead: what is due later is found when the sender is woken then.
 */
public final class WakeQueue {
  private final QueueSender queue;
  private final InstantSource clock;

  public WakeQueue(QueueSender queue, InstantSource clock) {
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Wakes the sender at a time, or up to a second later; in 15 minutes when that is sooner.
   *
   * @throws UnsentMessagesException when the wake-up could not be sent
   */
  public void wakeAt(Instant due) {
    String body =
        Json.write(
            json -> {
              json.writeStartObject();
              Json.writeTime(json, "due", due);
              json.writeEndObject();
            });
    queue.send(List.of(QueueMessage.delayed(body, delay(due))));
  }

  private Duration delay(Instant due) {
    Duration left = Duration.between(clock.instant(), due);
    if (!left.isPositive()) {
      return Duration.ZERO;
    }
    if (left.compareTo(QueueMessage.LONGEST_DELAY) > 0) {
      return QueueMessage.LONGEST_DELAY;
    }
    // Whole seconds, rounded up: woken too early, the sender would find nothing due.
    return Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds());
  }
}

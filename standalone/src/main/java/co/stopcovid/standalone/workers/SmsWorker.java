package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Checkpoint;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PositionLog;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.running.EventFollower;
import co.stopcovid.sms.SmsConsumer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Follows the event feed and queues the messages that it calls for: queue, dead letters and
 * checkpoint are one transaction behind the fence. Used by one thread.
 */
public final class SmsWorker {
  public static final String CONSUMER = "sms";

  private static final Duration RETRY = Duration.ofMinutes(5);

  private final StuckLearners stuck;
  private final FeedFollower follower;
  private final InstantSource clock;
  private Instant lastRetry = Instant.EPOCH;

  public SmsWorker(
      Database database,
      Fence fence,
      PostgresEventFeed feed,
      DeadLetters deadLetters,
      MessageQueue queue,
      InstantSource clock) {
    this.stuck =
        new StuckLearners(
            database,
            fence,
            deadLetters,
            DeadLetter.MESSAGES,
            PhoneNumber::value,
            phone -> queue.catchUp(phone).failed().isEmpty(),
            clock);
    this.clock = clock;
    this.follower =
        new FeedFollower(
            feed,
            new Checkpoint(database, CONSUMER, PositionLog.EVENTS),
            database,
            fence,
            new EventFollower(batches -> failed(queue.take(batches)), stuck));
  }

  /**
   * Takes the next batches of the feed.
   *
   * @return how many were taken; when 0 there is nothing to do now
   */
  public int work() {
    retryWhenDue();
    return follower.work();
  }

  /** A learner whose messages cannot be written must not keep the others waiting, nor be lost. */
  private static Map<PhoneNumber, String> failed(SmsConsumer.Report taken) {
    Map<PhoneNumber, String> reasons = new LinkedHashMap<>();
    taken.failed().forEach((phone, e) -> reasons.put(phone, String.valueOf(e.getMessage())));
    return reasons;
  }

  private void retryWhenDue() {
    Instant now = clock.instant();
    // One in the time to come was before the clock was set back.
    if (!now.isBefore(lastRetry.plus(RETRY)) || now.isBefore(lastRetry)) {
      lastRetry = now;
      stuck.retry();
    }
  }
}

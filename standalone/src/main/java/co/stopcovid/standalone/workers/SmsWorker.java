package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.sms.SmsConsumer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event feed and queues the messages that it calls for: queue, dead letters and
 * checkpoint are one transaction behind the fence. Used by one thread.
 */
public final class SmsWorker {
  public static final String CONSUMER = "sms";

  private static final Logger LOG = LoggerFactory.getLogger(SmsWorker.class);
  private static final int MOST_AT_ONCE = 500;
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final Database database;
  private final Fence fence;
  private final PostgresEventFeed feed;
  private final PostgresCheckpoints checkpoints;
  private final DeadLetters deadLetters;
  private final SmsConsumer consumer;
  private final InstantSource clock;
  private long position = -1;
  private Instant nextRetry = Instant.MIN;

  public SmsWorker(
      Database database,
      Fence fence,
      PostgresEventFeed feed,
      DeadLetters deadLetters,
      SmsConsumer consumer,
      InstantSource clock) {
    this.database = database;
    this.fence = fence;
    this.feed = feed;
    this.checkpoints = new PostgresCheckpoints(database);
    this.deadLetters = deadLetters;
    this.consumer = consumer;
    this.clock = clock;
  }

  /**
   * Takes the next batches of the feed.
   *
   * @return how many were taken; when 0 there is nothing to do now
   */
  public int work() {
    retryWhenDue();
    if (position < 0) {
      position = checkpoints.load(CONSUMER);
    }
    List<Entry> entries = feed.after(position, MOST_AT_ONCE);
    if (entries.isEmpty()) {
      return 0;
    }
    long last = entries.getLast().position();
    List<EventBatch> batches = entries.stream().map(Entry::batch).toList();
    SmsConsumer.Report report =
        database.unit(
            fence,
            () -> {
              SmsConsumer.Report taken = consumer.handle(batches);
              deadLetters.add(letters(taken.failed()));
              checkpoints.save(CONSUMER, last);
              return taken;
            });
    position = last;
    report
        .parked()
        .forEach(
            id ->
                LOG.warn(
                    "message held back by a limit: phone={} message={}", id.phone(), id.token()));
    return entries.size();
  }

  /** A learner whose messages cannot be written must not keep the others waiting, nor be lost. */
  private List<DeadLetter> letters(Map<PhoneNumber, Exception> failed) {
    List<DeadLetter> letters = new ArrayList<>();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    failed.forEach(
        (phone, failure) -> {
          LOG.error("messages cannot be written: phone={} reason={}", phone, failure.getMessage());
          letters.add(
              new DeadLetter(
                  DeadLetter.MESSAGES,
                  phone.value(),
                  phone.value(),
                  String.valueOf(failure.getMessage()),
                  now));
        });
    return letters;
  }

  /**
   * Tries the learners again whose messages could not be written, at most once in a while. Whoever
   * has caught up is no dead letter any more.
   */
  private void retryWhenDue() {
    Instant now = clock.instant();
    if (now.isBefore(nextRetry)) {
      return;
    }
    nextRetry = now.plus(RETRY);
    long id = 0;
    List<DeadLetters.Stored> page;
    do {
      page = deadLetters.after(DeadLetter.MESSAGES, id, MOST_AT_ONCE);
      for (DeadLetters.Stored stored : page) {
        id = stored.id();
        retry(stored);
      }
    } while (page.size() == MOST_AT_ONCE);
  }

  /** One whose history cannot be read must not keep the others waiting. */
  private void retry(DeadLetters.Stored stored) {
    var phone = new PhoneNumber(stored.letter().payload());
    try {
      database.unit(
          fence,
          () -> {
            boolean caughtUp = consumer.catchUp(phone).failed().isEmpty();
            return caughtUp && deadLetters.delete(stored.id());
          });
    } catch (MalformedJsonException e) {
      LOG.error("messages still cannot be written: phone={} reason={}", phone, e.getMessage());
    }
  }
}

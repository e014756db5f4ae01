package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.sms.SmsConsumer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event feed and queues the messages that it calls for: queue, dead letters and
 * checkpoint are one transaction behind the fence. Used by one thread.
 */
public final class SmsWorker {
  public static final String CONSUMER = "sms";

  private static final Logger LOG = LoggerFactory.getLogger(SmsWorker.class);
  private static final SmsConsumer.Report NOTHING = new SmsConsumer.Report(0, List.of(), Map.of());
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
    take(new EventPage(entries));
    return entries.size();
  }

  /** A page that fails for a reason of its own is taken in halves, until the culprit is found. */
  private void take(EventPage page) {
    SmsConsumer.Report report;
    try {
      report = database.unit(fence, () -> handle(page));
    } catch (RuntimeException e) {
      if (!EventPage.isAboutTheData(e)) {
        throw e;
      }
      if (page.size() > 1) {
        take(page.firstHalf());
        take(page.secondHalf());
        return;
      }
      report =
          database.unit(
              fence, () -> conclude(page, Map.of(page.phone(), EventPage.reason(e)), NOTHING));
    }
    position = page.last();
    report
        .parked()
        .forEach(
            id ->
                LOG.warn(
                    "message held back by a limit: phone={} message={}", id.phone(), id.token()));
  }

  private SmsConsumer.Report handle(EventPage page) {
    SmsConsumer.Report taken = consumer.handle(page.batchesWithout(Set.of()));
    Map<PhoneNumber, String> failed = page.unreadable();
    taken.failed().forEach((phone, e) -> failed.putIfAbsent(phone, String.valueOf(e.getMessage())));
    return conclude(page, failed, taken);
  }

  private SmsConsumer.Report conclude(
      EventPage page, Map<PhoneNumber, String> failed, SmsConsumer.Report taken) {
    deadLetters.add(letters(failed));
    checkpoints.save(CONSUMER, page.last());
    return taken;
  }

  /** A learner whose messages cannot be written must not keep the others waiting, nor be lost. */
  private List<DeadLetter> letters(Map<PhoneNumber, String> failed) {
    List<DeadLetter> letters = new ArrayList<>();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    failed.forEach(
        (phone, reason) -> {
          LOG.error("messages cannot be written: phone={} reason={}", phone, reason);
          letters.add(
              new DeadLetter(DeadLetter.MESSAGES, phone.value(), phone.value(), reason, now));
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
    } catch (RuntimeException e) {
      if (!EventPage.isAboutTheData(e) && !(e instanceof UnknownEventTypeException)) {
        throw e;
      }
      LOG.error("messages still cannot be written: phone={} reason={}", phone, EventPage.reason(e));
    }
  }
}

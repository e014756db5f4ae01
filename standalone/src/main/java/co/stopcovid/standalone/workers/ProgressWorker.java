package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.progress.MissingBatchException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event feed: progress, checkpoint and the starts that learners asked for. The starts
 * are appended before the commit and have idempotency keys, so that a crash in between starts
 * nothing twice and forgets nothing. Used by one thread.
 */
public final class ProgressWorker {
  public static final String CONSUMER = "progress";

  private static final Logger LOG = LoggerFactory.getLogger(ProgressWorker.class);
  private static final int MOST_AT_ONCE = 500;

  private final ProgressSide progress;
  private final Database database;
  private final PostgresEventFeed feed;
  private final PostgresCheckpoints checkpoints;
  private long position = -1;

  public ProgressWorker(ProgressSide progress) {
    this.progress = progress;
    this.database = progress.database();
    this.feed = progress.feed();
    this.checkpoints = new PostgresCheckpoints(database);
  }

  /**
   * Takes the next batches of the feed. Before the first ones, and when other drills were published
   * since, every learner gets the rows of the course.
   *
   * @return how many were taken; when 0 there is nothing to do now
   * @throws co.stopcovid.adapters.json.UnknownEventTypeException when a batch was written by a
   *     newer program: nothing is passed over, this worker stands still until it can be read
   */
  public int work() {
    progress.reachLearners();
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
    Map<PhoneNumber, String> holes = new LinkedHashMap<>();
    try {
      while (!follow(page, holes)) {
        // Each round leaves out one learner more.
      }
    } catch (RuntimeException e) {
      if (!EventPage.isAboutTheData(e)) {
        throw e;
      }
      if (page.size() > 1) {
        take(page.firstHalf());
        take(page.secondHalf());
        return;
      }
      conclude(page, Map.of(page.phone(), EventPage.reason(e)), List.of());
    }
    position = page.last();
  }

  /** A learner whose history has a hole is left where it is; the others must not wait for that. */
  private boolean follow(EventPage page, Map<PhoneNumber, String> holes) {
    Map<PhoneNumber, String> stuck = page.unreadable();
    holes.forEach(stuck::putIfAbsent);
    try {
      conclude(page, stuck, page.batchesWithout(holes.keySet()));
      return true;
    } catch (MissingBatchException e) {
      holes.put(e.phone(), "event batch version %d is missing".formatted(e.version()));
      return false;
    }
  }

  private void conclude(EventPage page, Map<PhoneNumber, String> stuck, List<EventBatch> batches) {
    stuck.forEach(
        (phone, reason) -> LOG.error("progress stands still: phone={} reason={}", phone, reason));
    database.unit(
        progress.fence(),
        () -> {
          progress.initiator().startRequested(progress.updater().handle(batches));
          progress.stuck().note(stuck);
          checkpoints.save(CONSUMER, page.last());
          return page.size();
        });
  }

  /** How many places of the feed lie before this worker. For any thread. */
  public long lag() {
    return progress.lag();
  }
}

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
    long last = entries.getLast().position();
    Map<PhoneNumber, MissingBatchException> stuck = new LinkedHashMap<>();
    while (!follow(entries, stuck, last)) {
      // Each round leaves out one learner more.
    }
    position = last;
    return entries.size();
  }

  /** A learner whose history has a hole is left where it is; the others must not wait for that. */
  private boolean follow(
      List<Entry> entries, Map<PhoneNumber, MissingBatchException> stuck, long last) {
    List<EventBatch> batches =
        entries.stream()
            .map(Entry::batch)
            .filter(batch -> !stuck.containsKey(batch.phone()))
            .toList();
    try {
      return database.unit(
          progress.fence(),
          () -> {
            progress.initiator().startRequested(progress.updater().handle(batches));
            progress.stuck().note(stuck.values());
            checkpoints.save(CONSUMER, last);
            return true;
          });
    } catch (MissingBatchException e) {
      LOG.error("progress stands still: phone={} missing_version={}", e.phone(), e.version());
      stuck.put(e.phone(), e);
      return false;
    }
  }

  /** How many places of the feed lie before this worker. For any thread. */
  public long lag() {
    long reached = checkpoints.load(CONSUMER);
    return Math.max(0, feed.lastPosition() - reached);
  }
}

package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.progress.DrillInitiator;
import co.stopcovid.progress.MissingBatchException;
import co.stopcovid.progress.ProgressUpdater;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  private final Database database;
  private final Fence fence;
  private final PostgresEventFeed feed;
  private final PostgresCheckpoints checkpoints;
  private final ProgressUpdater updater;
  private final DrillInitiator initiator;
  private long position = -1;

  public ProgressWorker(
      Database database,
      Fence fence,
      PostgresEventFeed feed,
      ProgressUpdater updater,
      DrillInitiator initiator) {
    this.database = database;
    this.fence = fence;
    this.feed = feed;
    this.checkpoints = new PostgresCheckpoints(database);
    this.updater = updater;
    this.initiator = initiator;
  }

  /**
   * Takes the next batches of the feed.
   *
   * @return how many were taken; when 0 there is nothing to do now
   */
  public int work() {
    if (position < 0) {
      position = checkpoints.load(CONSUMER);
    }
    List<Entry> entries = feed.after(position, MOST_AT_ONCE);
    if (entries.isEmpty()) {
      return 0;
    }
    long last = entries.getLast().position();
    Set<PhoneNumber> passedOver = new HashSet<>();
    while (!follow(entries, passedOver, last)) {
      // Each round leaves out one learner more.
    }
    position = last;
    return entries.size();
  }

  /** A learner whose history has a hole is left where it is; the others must not wait for that. */
  private boolean follow(List<Entry> entries, Set<PhoneNumber> passedOver, long last) {
    List<EventBatch> batches =
        entries.stream()
            .map(Entry::batch)
            .filter(batch -> !passedOver.contains(batch.phone()))
            .toList();
    try {
      return database.unit(
          fence,
          () -> {
            initiator.startRequested(updater.handle(batches));
            checkpoints.save(CONSUMER, last);
            return true;
          });
    } catch (MissingBatchException e) {
      LOG.error("progress stands still: phone={} missing_version={}", e.phone(), e.version());
      passedOver.add(e.phone());
      return false;
    }
  }
}

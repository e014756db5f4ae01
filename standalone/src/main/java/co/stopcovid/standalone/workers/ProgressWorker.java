package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Checkpoint;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.PositionLog;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.progress.MissingBatchException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the event feed: progress, checkpoint and the starts that learners asked for. The starts
 * are appended before the commit and have idempotency keys, so that a crash in between starts
 * nothing twice and forgets nothing. Used by one thread.
 */
public final class ProgressWorker {
  public static final String CONSUMER = "progress";

  private final ProgressSide progress;
  private final Database database;
  private final Checkpoint checkpoint;
  private final FeedFollower follower;

  public ProgressWorker(ProgressSide progress) {
    this.progress = progress;
    this.database = progress.database();
    this.checkpoint = new Checkpoint(database, CONSUMER, PositionLog.EVENTS);
    this.follower = new FeedFollower(progress.feed(), checkpoint, new Taking());
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
    return follower.work();
  }

  private final class Taking implements FeedFollower.Consumer {
    @Override
    public void take(EventPage page) {
      followAll(page);
    }

    @Override
    public void passOver(EventPage page, String reason) {
      conclude(page, Map.of(page.phone(), reason), List.of());
    }
  }

  /** A learner whose history has a hole is left where it is; the others must not wait for that. */
  private void followAll(EventPage page) {
    Map<PhoneNumber, String> holes = new LinkedHashMap<>();
    while (!follow(page, holes)) {
      // Each round leaves out one learner more.
    }
  }

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
    database.unit(
        progress.fence(),
        () -> {
          progress.initiator().startRequested(progress.updater().handle(batches));
          progress.stuck().note(stuck);
          checkpoint.advance(page.last());
          return page.size();
        });
  }

  /** How many places of the feed lie before this worker. For any thread. */
  public long lag() {
    return progress.lag();
  }
}

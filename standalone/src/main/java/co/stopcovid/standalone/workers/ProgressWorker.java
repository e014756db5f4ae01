package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Checkpoint;
import co.stopcovid.adapters.postgres.PositionLog;
import co.stopcovid.running.EventFollower;

/**
 * Follows the event feed: progress, checkpoint and the starts that learners asked for. The starts
 * are appended before the commit and have idempotency keys, so that a crash in between starts
 * nothing twice and forgets nothing. Used by one thread.
 */
public final class ProgressWorker {
  public static final String CONSUMER = "progress";

  private final ProgressSide progress;
  private final FeedFollower follower;

  public ProgressWorker(ProgressSide progress) {
    this.progress = progress;
    this.follower =
        new FeedFollower(
            progress.feed(),
            new Checkpoint(progress.database(), CONSUMER, PositionLog.EVENTS),
            progress.database(),
            progress.fence(),
            new EventFollower(progress.following(), progress.stuck()));
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

  /** How many places of the feed lie before this worker. For any thread. */
  public long lag() {
    return progress.lag();
  }
}

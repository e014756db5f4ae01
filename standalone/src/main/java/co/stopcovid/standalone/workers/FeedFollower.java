package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.failures.DataFailure;
import co.stopcovid.adapters.postgres.Checkpoint;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import java.util.List;

/**
 * Takes a consumer along the event feed, page by page from its checkpoint on. A page that fails for
 * a reason of its own is taken in halves, until the culprit is found and passed over. For one
 * thread.
 */
final class FeedFollower {
  private static final int MOST_AT_ONCE = 500;

  /** What a consumer does with a page; its checkpoint is part of the transaction. */
  interface Consumer {
    void take(EventPage page);

    /**
     * Leaves the learner of a page with one entry where it is.
     *
     * @param reason why the entry cannot be taken, for a person
     */
    void passOver(EventPage page, String reason);
  }

  private final PostgresEventFeed feed;
  private final Checkpoint checkpoint;
  private final Consumer consumer;

  FeedFollower(PostgresEventFeed feed, Checkpoint checkpoint, Consumer consumer) {
    this.feed = feed;
    this.checkpoint = checkpoint;
    this.consumer = consumer;
  }

  /**
   * Takes the next page.
   *
   * @return how many entries were taken; when 0 there is nothing to do now
   */
  int work() {
    try {
      List<Entry> entries = feed.after(checkpoint.position(), MOST_AT_ONCE);
      if (!entries.isEmpty()) {
        take(new EventPage(entries));
      }
      return entries.size();
    } catch (RuntimeException e) {
      // What is remembered may not be what was committed.
      checkpoint.forget();
      throw e;
    }
  }

  private void take(EventPage page) {
    try {
      consumer.take(page);
    } catch (RuntimeException e) {
      if (!DataFailure.is(e)) {
        throw e;
      }
      if (page.size() > 1) {
        take(page.firstHalf());
        take(page.secondHalf());
        return;
      }
      consumer.passOver(page, DataFailure.reason(e));
    }
  }
}

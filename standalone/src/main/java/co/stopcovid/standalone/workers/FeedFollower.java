package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Checkpoint;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.running.EventFollower;
import co.stopcovid.running.EventPage;
import co.stopcovid.running.Halves;
import java.util.List;

/**
 * Takes a consumer along the event feed, page by page from its checkpoint on: what it does and the
 * checkpoint are one transaction behind the fence. For one thread.
 */
final class FeedFollower {
  private static final int MOST_AT_ONCE = 500;

  private final PostgresEventFeed feed;
  private final Checkpoint checkpoint;
  private final Database database;
  private final Fence fence;
  private final Halves<PostgresEventFeed.Entry> halves;

  FeedFollower(
      PostgresEventFeed feed,
      Checkpoint checkpoint,
      Database database,
      Fence fence,
      EventFollower follower) {
    this.feed = feed;
    this.checkpoint = checkpoint;
    this.database = database;
    this.fence = fence;
    this.halves =
        new Halves<>(
            entries ->
                unit(
                    entries.getLast().position(),
                    () ->
                        follower.take(
                            new EventPage(
                                entries.stream().map(PostgresEventFeed.Entry::entry).toList()))),
            (entry, failure) ->
                unit(entry.position(), () -> follower.passOver(entry.entry(), failure)));
  }

  /**
   * Takes the next page.
   *
   * @return how many entries were taken; when 0 there is nothing to do now
   */
  int work() {
    try {
      List<PostgresEventFeed.Entry> entries = feed.after(checkpoint.position(), MOST_AT_ONCE);
      halves.take(entries);
      return entries.size();
    } catch (RuntimeException e) {
      // What is remembered may not be what was committed.
      checkpoint.forget();
      throw e;
    }
  }

  private void unit(long last, Runnable work) {
    database.unit(
        fence,
        () -> {
          work.run();
          checkpoint.advance(last);
          return last;
        });
  }
}

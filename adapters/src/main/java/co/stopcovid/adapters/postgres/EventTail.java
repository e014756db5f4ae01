package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import co.stopcovid.dialog.EventBatch;
import java.util.ArrayList;
import java.util.List;

/** The newest event batches that this process committed, for its own readers of the feed. */
public final class EventTail {
  private final Tail<Entry> entries = new Tail<>(Entry::position);

  /**
   * @param before the position before the first, with nothing in between
   */
  void add(long before, List<EventBatch> batches) {
    List<Entry> added = new ArrayList<>(batches.size());
    for (EventBatch batch : batches) {
      added.add(new Entry(before + added.size() + 1, batch));
    }
    entries.add(before, added);
  }

  /** What follows the position; empty when that is not known here. */
  List<Entry> after(long position, int limit) {
    return entries.after(position, limit);
  }
}

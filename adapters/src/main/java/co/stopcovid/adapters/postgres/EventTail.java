package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import java.util.List;

/**
 * The newest event batches of this process: filled by its {@link PostgresDialogStore}, read by its
 * {@link PostgresEventFeed}. For any thread.
 */
public final class EventTail {
  private static final int MOST = 4_000;

  private final Tail<Entry> entries = new Tail<>(MOST, Entry::position);

  /** To be called after the commit. */
  void add(long before, long last, List<Entry> added) {
    entries.add(before, last, added);
  }

  /** Forgets all, when another database may answer next. */
  public void clear() {
    entries.clear();
  }

  /** What follows the position; empty when that is not known here. */
  List<Entry> after(long position, int limit) {
    return entries.after(position, limit);
  }
}

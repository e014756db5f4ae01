package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest event batches, as this process committed them: a consumer on the heels of the dialog
 * worker needs neither the database nor the parser. It holds a stretch of the feed without a gap,
 * because each piece says where in the feed it begins and ends; what another process committed in
 * between would show, and then the stretch begins anew. For any thread.
 */
public final class EventTail {
  private static final int MOST = 4_000;

  /** All that was committed after one position, up to another. */
  private record Piece(long before, long last, List<Entry> entries) {}

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private int size;

  /** To be called after the commit. */
  synchronized void add(long before, long last, List<Entry> entries) {
    if (!pieces.isEmpty() && pieces.getLast().last() != before) {
      pieces.clear();
      size = 0;
    }
    pieces.addLast(new Piece(before, last, entries));
    size += entries.size();
    while (size > MOST) {
      size -= pieces.removeFirst().entries().size();
    }
  }

  /** What follows the position; empty when that is not known here. */
  synchronized List<Entry> after(long position, int limit) {
    if (pieces.isEmpty() || position < pieces.getFirst().before()) {
      return List.of();
    }
    List<Entry> found = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.last() <= position) {
        continue;
      }
      for (Entry entry : piece.entries()) {
        if (entry.position() > position) {
          found.add(entry);
          if (found.size() == limit) {
            return found;
          }
        }
      }
    }
    return found;
  }
}

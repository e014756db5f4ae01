package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.postgres.PostgresCommandLog.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest commands of the log, as this process wrote them: who reads on the heels of the
 * appender needs neither the database nor the parser. It holds a stretch of the log without a gap,
 * because each piece says which position was the last before it; what another process appended in
 * between would show, and then the stretch begins anew.
 */
final class CommandTail {
  private static final int MOST = 8_000;

  /** Committed commands, and the position before the first: nothing lies between. */
  private record Piece(long before, List<Entry> entries) {
    long last() {
      return entries.getLast().position();
    }
  }

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private int size;

  synchronized void add(long before, List<Entry> entries) {
    if (!pieces.isEmpty() && pieces.getLast().last() != before) {
      clear();
    }
    pieces.addLast(new Piece(before, entries));
    size += entries.size();
    while (size > MOST) {
      size -= pieces.removeFirst().entries().size();
    }
  }

  synchronized void clear() {
    pieces.clear();
    size = 0;
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

package co.stopcovid.adapters.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The newest entries of a log, as this process committed them: who reads on the heels of the writer
 * needs neither the database nor the parser. It holds a stretch of the log without a gap, because
 * each piece says which position was the last before it; what another process wrote in between
 * would show, and then the stretch begins anew.
 */
final class Tail<T> {
  private static final int MOST = 8_000;

  /** Committed entries, and the position before the first: nothing lies between. */
  private record Piece<T>(long before, long last, List<T> entries) {}

  private final ToLongFunction<T> position;
  private final Deque<Piece<T>> pieces = new ArrayDeque<>();
  private int size;

  Tail(ToLongFunction<T> position) {
    this.position = position;
  }

  /** Adds what was committed after all that was added before. */
  synchronized void add(long before, List<T> entries) {
    if (!pieces.isEmpty() && pieces.getLast().last() != before) {
      clear();
    }
    pieces.addLast(
        new Piece<>(before, position.applyAsLong(entries.getLast()), List.copyOf(entries)));
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
  synchronized List<T> after(long reached, int limit) {
    if (pieces.isEmpty() || reached < pieces.getFirst().before()) {
      return List.of();
    }
    List<T> found = new ArrayList<>();
    for (Piece<T> piece : pieces) {
      if (piece.last() <= reached) {
        continue;
      }
      for (T entry : piece.entries()) {
        if (position.applyAsLong(entry) > reached) {
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

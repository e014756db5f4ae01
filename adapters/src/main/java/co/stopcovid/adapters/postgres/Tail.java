package co.stopcovid.adapters.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The newest entries of a log, as this process committed them: who reads on the heels of the writer
 * needs neither the database nor the parser. It holds a stretch of the log without a gap, because
 * each piece says where in the log it begins and ends; what another process committed in between
 * would show, and then the stretch begins anew. For any thread.
 */
final class Tail<E> {
  private final int most;
  private final ToLongFunction<E> position;
  private final Deque<Piece<E>> pieces = new ArrayDeque<>();
  private int size;

  /** All that was committed after one position, up to another. */
  private record Piece<E>(long before, long last, List<E> entries) {}

  /**
   * @param most how many entries are held
   * @param position of an entry in the log
   */
  Tail(int most, ToLongFunction<E> position) {
    this.most = most;
    this.position = position;
  }

  /** To be called after the commit. */
  synchronized void add(long before, long last, List<E> entries) {
    if (!pieces.isEmpty() && pieces.getLast().last() != before) {
      clear();
    }
    pieces.addLast(new Piece<>(before, last, entries));
    size += entries.size();
    while (size > most) {
      size -= pieces.removeFirst().entries().size();
    }
  }

  synchronized void clear() {
    pieces.clear();
    size = 0;
  }

  /** What follows the position; empty when that is not known here. */
  synchronized List<E> after(long start, int limit) {
    if (pieces.isEmpty() || start < pieces.getFirst().before()) {
      return List.of();
    }
    List<E> found = new ArrayList<>();
    for (Piece<E> piece : pieces) {
      if (piece.last() <= start) {
        continue;
      }
      for (E entry : piece.entries()) {
        if (position.applyAsLong(entry) > start) {
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

package co.stopcovid.adapters.postgres;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of its database's failures: whoever keeps in memory what the database
 * holds is told of each, because another server may answer after it, and every time it turned out
 * to have gone back is counted. For any thread.
 */
public final class Reversals {
  private final List<Runnable> whenFailed = new CopyOnWriteArrayList<>();
  private @Nullable String last;
  private int count;

  /** Does something at every failure of the database, in the thread that met it. */
  public void whenFailed(Runnable task) {
    whenFailed.add(task);
  }

  void failed() {
    whenFailed.forEach(Runnable::run);
  }

  /**
   * Counts that the database went back: nothing that is kept in memory is worth anything now.
   *
   * @param first of the positions that are given out twice
   * @param end the last of them
   * @return what to throw
   */
  DatabaseWentBackException found(PositionLog log, long first, long end) {
    var found = new DatabaseWentBackException(log, first, end);
    synchronized (this) {
      last = found.getMessage();
      count++;
    }
    failed();
    return found;
  }

  /** How often the database went back. Who began at another count has to begin anew. */
  public synchronized int count() {
    return count;
  }

  /** What is known of the last time, for a person; empty when it never went back. */
  public synchronized Optional<String> last() {
    return Optional.ofNullable(last);
  }
}

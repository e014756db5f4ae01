package co.stopcovid.adapters.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Connections and transactions. What several adapters do within one {@link #unit} is committed
 * together or not at all; outside of a unit each call of {@link #write} is a transaction.
 */
public final class Database {
  private static final int MOST_ATTEMPTS = 3;

  private final Jdbi jdbi;
  private final ScopedValue<Unit> current;
  private final Fence standing;
  private final Reversals reversals;

  public Database(DataSource connections) {
    this(Jdbi.create(connections), ScopedValue.newInstance(), Fence.NONE, new Reversals());
  }

  private Database(Jdbi jdbi, ScopedValue<Unit> current, Fence standing, Reversals reversals) {
    this.jdbi = jdbi;
    this.current = current;
    this.standing = standing;
    this.reversals = reversals;
  }

  /**
   * The same database, with a fence for each {@link #write} that is a transaction of its own. Units
   * of work are shared with this one.
   */
  public Database behind(Fence fence) {
    return new Database(jdbi, current, fence, reversals);
  }

  /** What is known of its failures. */
  public Reversals reversals() {
    return reversals;
  }

  /**
   * Runs work of this thread as one transaction. It begins with the first {@link #write}, behind
   * the fence, so that reads and calls to other services before that hold no locks.
   *
   * @throws FencedOffException when the fence is closed
   * @throws StorageException when the database fails
   * @throws IllegalStateException when this thread is in a unit already
   */
  public <T> T unit(Fence fence, Supplier<T> work) {
    if (current.isBound()) {
      throw new IllegalStateException("a unit of work cannot stand inside another");
    }
    try (var unit = new Unit(fence)) {
      return ScopedValue.where(current, unit)
          .call(
              () -> {
                T result = work.get();
                unit.commit();
                return result;
              });
    }
  }

  /** Writes, in the unit under way or in a transaction of its own. */
  public <T> T write(SqlWork<T> work) {
    if (current.isBound()) {
      return attempt(() -> work.run(current.get().begin()));
    }
    return unit(standing, () -> write(work));
  }

  /**
   * As {@link #unit}, and again where the database failed it to end a circle of transactions that
   * waited for each other.
   */
  <T> T unitUnlessInACircle(Fence fence, Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return unit(fence, work);
      } catch (StorageException e) {
        if (!e.isDeadlock() || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** As {@link #write}; a transaction of its own as {@link #unitUnlessInACircle}. */
  <T> T writeUnlessInACircle(SqlWork<T> work) {
    return current.isBound() ? write(work) : unitUnlessInACircle(standing, () -> write(work));
  }

  /** Does something once the unit under way is committed; nothing when it is rolled back. */
  public void afterCommit(Runnable task) {
    current.get().afterCommit.add(task);
  }

  /**
   * Does something when the unit under way is rolled back; nothing when it is committed, or when
   * nobody can tell because the connection broke in the middle of that.
   */
  public void afterRollback(Runnable task) {
    current.get().afterRollback.add(task);
  }

  /** Does something when the unit under way is over, whatever became of it. */
  public void afterUnit(Runnable task) {
    current.get().afterUnit.add(task);
  }

  /** Runs one statement that is a transaction of its own, whatever unit is under way. */
  public <T> T once(SqlWork<T> work) {
    return attempt(
        () -> {
          try (Handle handle = jdbi.open()) {
            return work.run(handle);
          }
        });
  }

  /** Writes in a transaction of its own, whatever becomes of the unit under way. */
  public <T> T writeApart(SqlWork<T> work) {
    return attempt(
        () -> {
          try (Handle handle = jdbi.open()) {
            handle.begin();
            try {
              T result = work.run(handle);
              handle.commit();
              return result;
            } catch (SQLException | RuntimeException e) {
              handle.rollback();
              throw e;
            }
          }
        });
  }

  /** Reads, in the unit's transaction once that has begun, otherwise what is committed. */
  public <T> T read(SqlWork<T> work) {
    Handle begun = current.isBound() ? current.get().handle : null;
    if (begun != null) {
      return attempt(() -> work.run(begun));
    }
    return once(work);
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T run() throws SQLException;
  }

  private <T> T attempt(Attempt<T> work) {
    try {
      return tried(work);
    } catch (StorageException e) {
      if (!e.isAboutTheData()) {
        reversals.failed();
      }
      throw e;
    }
  }

  private static <T> T tried(Attempt<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw new StorageException("the database failed", e);
    } catch (ConnectionException e) {
      throw new StorageException("the database is out of reach", causeOf(e));
    } catch (JdbiException e) {
      throw new StorageException("the database failed", causeOf(e));
    }
  }

  private static SQLException causeOf(JdbiException e) {
    return e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getMessage(), e);
  }

  /** One transaction, not begun until it is needed. */
  private final class Unit implements AutoCloseable {
    private final Fence fence;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> afterRollback = new ArrayList<>();
    private final List<Runnable> afterUnit = new ArrayList<>();
    private boolean committing;
    private @Nullable Handle handle;

    Unit(Fence fence) {
      this.fence = fence;
    }

    Handle begin() throws SQLException {
      Handle begun = handle;
      if (begun == null) {
        begun = jdbi.open();
        handle = begun;
        begun.begin();
        fence.check(begun);
      }
      return begun;
    }

    void commit() {
      Handle begun = handle;
      if (begun != null) {
        committing = true;
        attempt(begun::commit);
        afterCommit.forEach(Runnable::run);
      }
    }

    /** Rolls back what is not committed. A connection that is broken has nothing to roll back. */
    @Override
    public void close() {
      Handle begun = handle;
      handle = null;
      if (begun == null) {
        return;
      }
      try (begun) {
        if (begun.isInTransaction()) {
          begun.rollback();
        }
      } catch (JdbiException e) {
        // The server drops an open transaction along with its connection.
      }
      if (!committing) {
        afterRollback.forEach(Runnable::run);
      }
      afterUnit.forEach(Runnable::run);
    }
  }
}

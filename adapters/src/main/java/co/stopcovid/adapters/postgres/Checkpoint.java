package co.stopcovid.adapters.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a consumer has come in the log that it reads, stored and in memory. It moves only from
 * where this process knows it to be, and never beyond the log's end: a database that went back is
 * noticed before anything is passed over. For one thread.
 */
public final class Checkpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final long UNKNOWN = -1;

  private final Database database;
  private final String consumer;
  private final PositionLog log;
  private final int reversals;
  private long position = UNKNOWN;

  /** As far as this process has come for certain. */
  private long reached;

  public Checkpoint(Database database, String consumer, PositionLog log) {
    this.database = database;
    this.consumer = consumer;
    this.log = log;
    this.reversals = database.reversals().count();
  }

  private record Stored(long position, long end) {}

  /**
   * The last position that the consumer is done with; 0 at the beginning.
   *
   * @throws DatabaseWentBackException when the stored one is behind what this process stored, or
   *     others found the database to have gone back
   */
  public long position() {
    if (database.reversals().count() != reversals) {
      throw new FencedOffException(database.reversals().last().orElse("the database went back"));
    }
    if (position == UNKNOWN) {
      position = load();
    }
    return position;
  }

  private long load() {
    Stored stored = stored();
    if (stored.end() < stored.position()) {
      LOG.error(
          "the checkpoint is beyond the end of the {}, as in a database that was put together from two: consumer={} position={} end={}",
          log.label(),
          consumer,
          stored.position(),
          stored.end());
      lower(stored);
    }
    long known = Math.min(stored.position(), stored.end());
    if (known < reached) {
      throw wentBack(known);
    }
    return known;
  }

  private DatabaseWentBackException wentBack(long stored) {
    return database.reversals().found(log, stored + 1, reached);
  }

  private Stored stored() {
    String sql =
        """
        select h.last_position, coalesce(
          (select position from consumer_checkpoints where consumer = ?), 0)
        from HEAD h where h.only_row
        """
            .replace("HEAD", log.head());
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setString(1, consumer);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return new Stored(row.getLong(2), row.getLong(1));
            }
          }
        });
  }

  private void lower(Stored stored) {
    String sql = "update consumer_checkpoints set position = ? where consumer = ? and position = ?";
    database.write(
        handle ->
            handle
                .createUpdate(sql)
                .bind(0, stored.end())
                .bind(1, consumer)
                .bind(2, stored.position())
                .execute());
  }

  /**
   * Moves on. To be called in the {@link Database#unit} that holds what the consumer did.
   *
   * @throws DatabaseWentBackException when the stored position is not the one in memory, or the log
   *     ends before the new one
   */
  public void advance(long to) {
    long from = position();
    String sql =
        """
        insert into consumer_checkpoints (consumer, position)
        select ?, ? from HEAD h
        where h.only_row and h.last_position >= ?
          and (? = 0 or exists (select 1 from consumer_checkpoints where consumer = ?))
        on conflict (consumer) do update set position = excluded.position
          where consumer_checkpoints.position = ?
        """
            .replace("HEAD", log.head());
    int moved =
        database.write(
            handle -> {
              try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                statement.setString(1, consumer);
                statement.setLong(2, to);
                statement.setLong(3, to);
                statement.setLong(4, from);
                statement.setString(5, consumer);
                statement.setLong(6, from);
                return statement.executeUpdate();
              }
            });
    if (moved == 0) {
      Stored stored = stored();
      reached = Math.max(reached, stored.end() < to ? to : from);
      throw wentBack(Math.min(stored.position(), stored.end()));
    }
    database.afterCommit(
        () -> {
          position = to;
          reached = to;
        });
  }

  /** To be called when what was to be committed failed: the stored position is read again. */
  public void forget() {
    position = UNKNOWN;
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.desk.Lags;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Counts what waits. Every count is bounded, and so is the time for it. */
public final class PostgresBacklog {
  private static final int TIMEOUT_SECONDS = 5;
  private static final int MOST_COUNTED = 1_000_000;

  private final Database database;
  private final List<String> commandConsumers;
  private final List<String> eventConsumers;
  private final InstantSource clock;

  /**
   * @param commandConsumers the names of those who read the log of commands
   * @param eventConsumers the names of those who read the event feed
   * @param clock says which messages are due
   */
  public PostgresBacklog(
      Database database,
      List<String> commandConsumers,
      List<String> eventConsumers,
      InstantSource clock) {
    this.database = database;
    this.commandConsumers = List.copyOf(commandConsumers);
    this.eventConsumers = List.copyOf(eventConsumers);
    this.clock = clock;
  }

  /**
   * Looks now.
   *
   * @throws StorageException when the database fails
   */
  public Backlog read() {
    return database.read(handle -> read(handle.getConnection()));
  }

  private Backlog read(Connection connection) throws SQLException {
    List<Lags.Lag> lags = lags(connection);
    String sql =
        """
        select
          (select count(*) from (select 1 from outbound_due limit :most) as o)
            + (select coalesce(sum(cardinality(phones)), 0) from outbound_claims),
          (select count(*) from (select 1 from outbound_due where due_time <= ? limit :most) as d),
          (select count(*) from (
            select 1 from outbound_messages where parked_time is not null limit :most) as p),
          (select count(*) from (
            select 1 from inbound_messages where unhandled limit :most) as u),
          (select count(*) from (select 1 from dead_letters limit :most) as l),
          (select count(*) from (
            select 1 from waiting_commands limit :most) as w),
          (select count(*) from (
            select 1 from users
            where silence <> 'NONE' and validated and not opted_out limit :most) as s)
        """
            .replace(":most", Integer.toString(MOST_COUNTED));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setTimestamp(1, Timestamp.from(clock.instant()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Backlog(
            lags,
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7));
      }
    }
  }

  /** A position may be left out, so a consumer can be done although it is not at the last one. */
  private List<Lags.Lag> lags(Connection connection) throws SQLException {
    String sql =
        """
        select k.consumer, h.last_position - k.position as behind, c.accepted_time as since
        from (select u.consumer, coalesce(p.position, 0) as position
              from unnest(?::text[]) as u (consumer)
                left join consumer_checkpoints p using (consumer)) as k
          cross join command_log_head as h
          left join lateral (
            select accepted_time from commands where position > k.position
            order by position limit 1) as c on true
        union all
        select k.consumer, h.last_position - k.position,
          (b.payload::json ->> 'created_time')::timestamptz
        from (select u.consumer, coalesce(p.position, 0) as position
              from unnest(?::text[]) as u (consumer)
                left join consumer_checkpoints p using (consumer)) as k
          cross join event_feed_head as h
          left join lateral (
            select payload from event_batches where position > k.position
            order by position limit 1) as b on true
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setArray(1, Columns.texts(connection, commandConsumers, name -> name));
      statement.setArray(2, Columns.texts(connection, eventConsumers, name -> name));
      Instant now = clock.instant();
      return Rows.list(statement, row -> lag(row, now));
    }
  }

  private static Lags.Lag lag(ResultSet row, Instant now) throws SQLException {
    Timestamp since = row.getTimestamp(3);
    if (since == null) {
      return new Lags.Lag(row.getString(1), 0, Duration.ZERO);
    }
    Duration age = Duration.between(since.toInstant(), now);
    return new Lags.Lag(row.getString(1), row.getLong(2), age.isNegative() ? Duration.ZERO : age);
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.DrillSchedule;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.ScheduledDrill;
import co.stopcovid.progress.UpcomingDrills;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schedule in the table {@code drill_schedule}: one row a learner, used again each day. */
public final class PostgresDrillSchedule implements DrillSchedule, UpcomingDrills {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDrillSchedule.class);

  private final Database database;

  public PostgresDrillSchedule(Database database) {
    this.database = database;
  }

  @Override
  public int add(Collection<ScheduledDrill> drills) {
    Map<LearnerId, ScheduledDrill> byLearner = new TreeMap<>();
    drills.forEach(drill -> byLearner.putIfAbsent(drill.learner(), drill));
    if (byLearner.isEmpty()) {
      return 0;
    }
    String sql =
        """
        insert into drill_schedule (user_id, day, drill_slug, due_time, window_end, claimable_time)
        select n.id, date 'epoch' + n.day::integer, n.drill,
          timestamptz 'epoch' + n.due * interval '1 microsecond',
          timestamptz 'epoch' + n.finish * interval '1 microsecond',
          timestamptz 'epoch' + n.due * interval '1 microsecond'
        from unnest(?::uuid[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
          as n (id, day, drill, due, finish)
        on conflict (user_id) do update set day = excluded.day, drill_slug = excluded.drill_slug,
          due_time = excluded.due_time, window_end = excluded.window_end,
          claimable_time = excluded.claimable_time
        where drill_schedule.day < excluded.day
          and (drill_schedule.claimable_time is null
            or drill_schedule.window_end <= excluded.due_time)
        """;
    return write(sql, List.copyOf(byLearner.values()));
  }

  private int write(String sql, List<ScheduledDrill> rows) {
    return database.write(
        handle -> {
          Connection connection = handle.getConnection();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                1, ProgressColumns.uuids(connection, rows, drill -> drill.learner().value()));
            statement.setArray(
                2, Columns.longs(connection, rows, drill -> drill.day().toEpochDay()));
            statement.setArray(3, Columns.texts(connection, rows, drill -> drill.drill().value()));
            statement.setArray(4, ProgressColumns.micros(connection, rows, ScheduledDrill::due));
            statement.setArray(
                5, ProgressColumns.micros(connection, rows, ScheduledDrill::windowEnd));
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public void putOff(Collection<ScheduledDrill> drills) {
    String sql =
        """
        update drill_schedule s set day = date 'epoch' + n.day::integer, drill_slug = n.drill,
          due_time = timestamptz 'epoch' + n.due * interval '1 microsecond',
          window_end = timestamptz 'epoch' + n.finish * interval '1 microsecond',
          claimable_time = timestamptz 'epoch' + n.due * interval '1 microsecond'
        from unnest(?::uuid[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
          as n (id, day, drill, due, finish)
        where s.user_id = n.id and s.day <= date 'epoch' + n.day::integer
          and s.claimable_time is not null
        """;
    write(sql, List.copyOf(drills));
  }

  @Override
  public List<ScheduledDrill> claim(Instant now, Duration lease, int limit) {
    String sql =
        """
        with claimed as materialized (
          select user_id from drill_schedule where claimable_time <= ?
          order by claimable_time, user_id limit ?
          for update skip locked)
        update drill_schedule s set claimable_time = ?
        from claimed where s.user_id = claimed.user_id
        returning s.user_id, s.day, s.drill_slug, s.due_time, s.window_end
        """;
    List<ScheduledDrill> claimed = new ArrayList<>();
    boolean isMore = true;
    while (isMore && claimed.size() < limit) {
      int missing = limit - claimed.size();
      int seen =
          database.write(
              handle -> claim(handle.getConnection(), sql, now, lease, missing, claimed));
      isMore = seen == missing;
    }
    claimed.sort(Comparator.comparing(ScheduledDrill::due).thenComparing(ScheduledDrill::learner));
    return claimed;
  }

  /**
   * Adds those that can be read; the others come again when the lease is over.
   *
   * @return how many there were
   */
  private static int claim(
      Connection connection,
      String sql,
      Instant now,
      Duration lease,
      int limit,
      List<ScheduledDrill> claimed)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, now.atOffset(ZoneOffset.UTC));
      statement.setInt(2, limit);
      statement.setObject(3, now.plus(lease).atOffset(ZoneOffset.UTC));
      int seen = 0;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          seen++;
          readable(row).ifPresent(claimed::add);
        }
      }
      return seen;
    }
  }

  @Override
  public void settle(Collection<ScheduledDrill> drills) {
    String sql =
        """
        update drill_schedule s set claimable_time = null
        from unnest(?::uuid[], ?::bigint[]) as n (id, day)
        where s.user_id = n.id and s.day = date 'epoch' + n.day::integer
        """;
    List<ScheduledDrill> rows = List.copyOf(drills);
    database.write(
        handle -> {
          Connection connection = handle.getConnection();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                1, ProgressColumns.uuids(connection, rows, drill -> drill.learner().value()));
            statement.setArray(
                2, Columns.longs(connection, rows, drill -> drill.day().toEpochDay()));
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public List<ScheduledDrill> until(Instant time, int limit) {
    String sql =
        """
        select user_id, day, drill_slug, due_time, window_end from drill_schedule
        where claimable_time is not null and due_time < ?
        order by due_time, user_id limit ?
        """;
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setObject(1, time.atOffset(ZoneOffset.UTC));
            statement.setInt(2, limit);
            return Rows.list(statement, PostgresDrillSchedule::readable).stream()
                .flatMap(Optional::stream)
                .toList();
          }
        });
  }

  private static Optional<ScheduledDrill> readable(ResultSet row) throws SQLException {
    try {
      return Optional.of(Rows.read("drill_schedule", row, PostgresDrillSchedule::drill));
    } catch (UnreadableRowException e) {
      LOG.error(
          "scheduled drill cannot be read: learner={} reason={}",
          ProgressColumns.uuid(row, 1),
          e.getMessage());
      return Optional.empty();
    }
  }

  private static ScheduledDrill drill(ResultSet row) throws SQLException {
    return new ScheduledDrill(
        new LearnerId(ProgressColumns.uuid(row, 1)),
        row.getObject(2, LocalDate.class),
        new DrillSlug(row.getString(3)),
        ProgressColumns.time(row, 4),
        ProgressColumns.time(row, 5));
  }
}

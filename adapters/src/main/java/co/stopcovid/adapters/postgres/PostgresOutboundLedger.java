package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in the tables {@code outbound_messages} and {@code outbound_due}. Each write stands
 * behind the fence, so that a sender whose lease has passed to another cannot claim any more.
 */
public final class PostgresOutboundLedger implements OutboundLedger {
  private final Database database;
  private final Fence fence;
  private final Duration gap;

  /**
   * @param fence the sender's lease; {@link Fence#NONE} for those who only take in reports
   * @param gap between two messages of one learner
   */
  public PostgresOutboundLedger(Database database, Fence fence, Duration gap) {
    this.database = database;
    this.fence = fence;
    this.gap = gap;
  }

  @Override
  public List<LedgerEntry> due(Instant now, int limit) {
    String sql =
        "select "
            + OutboundColumns.ALL
            + """
              from (
                select phone, version, message_index, due_time from outbound_due
                where due_time <= ? order by due_time limit ?
              ) d join outbound_messages m using (phone, version, message_index)
              order by d.due_time
              """;
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setInt(2, limit);
            return OutboundRows.entries(statement);
          }
        });
  }

  @Override
  public Optional<Instant> nextDue() {
    String sql = "select min(due_time) from outbound_due";
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql);
              ResultSet row = statement.executeQuery()) {
            row.next();
            return Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant);
          }
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws FencedOffException when another process has taken over; nothing was written then
   */
  @Override
  public Set<OutboundId> write(Collection<LedgerEntry> entries) {
    if (entries.isEmpty()) {
      return Set.of();
    }
    List<LedgerEntry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(LedgerEntry::id));
    Set<OutboundId> written =
        database.unit(fence, () -> database.write(handle -> write(handle.getConnection(), sorted)));
    Set<OutboundId> conflicts = new HashSet<>();
    entries.forEach(entry -> conflicts.add(entry.id()));
    conflicts.removeAll(written);
    return conflicts;
  }

  private Set<OutboundId> write(Connection connection, List<LedgerEntry> entries)
      throws SQLException {
    List<PhoneNumber> moving =
        entries.stream()
            .filter(entry -> !(entry.state() instanceof DeliveryState.Sending))
            .map(entry -> entry.id().phone())
            .distinct()
            .toList();
    // A message that is being sent stays its learner's first: no other has to be found.
    if (!moving.isEmpty()) {
      OutboundRows.lock(connection, moving);
    }
    List<OutboundRows.Touched> touched = OutboundRows.update(connection, entries, gap);
    if (!touched.isEmpty()) {
      OutboundRows.moveHeads(connection, touched);
    }
    return OutboundRows.ids(touched);
  }

  @Override
  public List<LedgerEntry> find(Collection<OutboundId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    String sql =
        "select "
            + OutboundColumns.ALL
            + """
              from unnest(?::text[], ?::bigint[], ?::int[]) as u (phone, version, message_index)
                join outbound_messages m using (phone, version, message_index)
              """;
    List<OutboundId> list = List.copyOf(ids);
    return database.read(
        handle -> {
          Connection connection = handle.getConnection();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, Columns.texts(connection, list, id -> id.phone().value()));
            statement.setArray(2, Columns.longs(connection, list, OutboundId::version));
            statement.setArray(3, Columns.longs(connection, list, OutboundId::index));
            return OutboundRows.entries(statement);
          }
        });
  }

  /** Without an index on sid: a learner has some hundred messages, and the key finds those. */
  @Override
  public Optional<LedgerEntry> find(PhoneNumber phone, String sid) {
    String sql =
        "select " + OutboundColumns.ALL + " from outbound_messages m where phone = ? and sid = ?";
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setString(1, phone.value());
            statement.setString(2, sid);
            return OutboundRows.entries(statement).stream().findFirst();
          }
        });
  }

  @Override
  public Set<String> sids(PhoneNumber phone) {
    String sql = "select sid from outbound_messages where phone = ? and sid is not null";
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setString(1, phone.value());
            return new HashSet<>(Rows.list(statement, row -> row.getString(1)));
          }
        });
  }

  @Override
  public List<LedgerEntry> parked(@Nullable ParkedPlace after, int limit) {
    String sql =
        "select "
            + OutboundColumns.ALL
            + """
              from outbound_messages m
              where parked_time is not null
                and (parked_time, phone, version, message_index) > (?, ?, ?, ?)
              order by parked_time, phone, version, message_index limit ?
              """;
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setTimestamp(
                1, Timestamp.from(after == null ? Instant.EPOCH : after.parkedTime()));
            statement.setString(2, after == null ? "" : after.id().phone().value());
            statement.setLong(3, after == null ? 0 : after.id().version());
            statement.setInt(4, after == null ? 0 : after.id().index());
            statement.setInt(5, limit);
            return OutboundRows.entries(statement);
          }
        });
  }
}

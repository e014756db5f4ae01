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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in the tables {@code outbound_messages} and {@code outbound_due}. Each write stands
 * behind the fence, so that a sender whose lease has passed to another cannot claim any more.
 */
public final class PostgresOutboundLedger implements OutboundLedger {
  private static final int MOST_ATTEMPTS = 3;

  private final Database database;
  private final Fence fence;
  private final Duration gap;
  private final QueuedMessages queued;

  /**
   * One that reads every message.
   *
   * @param fence the sender's lease; {@link Fence#NONE} for those who only take in reports
   * @param gap between two messages of one learner
   */
  public PostgresOutboundLedger(Database database, Fence fence, Duration gap) {
    this(database, fence, gap, new QueuedMessages());
  }

  /**
   * @param fence the sender's lease
   * @param gap between two messages of one learner
   * @param queued filled by the {@link PostgresOutboundQueue} of this process
   */
  public PostgresOutboundLedger(
      Database database, Fence fence, Duration gap, QueuedMessages queued) {
    this.database = database;
    this.fence = fence;
    this.gap = gap;
    this.queued = queued;
  }

  @Override
  public List<LedgerEntry> due(Instant now, int limit) {
    String sql =
        """
        select phone, version, message_index from outbound_due
        where due_time <= ? order by due_time limit ?
        """;
    List<OutboundId> due =
        database.read(
            handle -> {
              try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                statement.setTimestamp(1, Timestamp.from(now));
                statement.setInt(2, limit);
                return Rows.list(statement, OutboundColumns::id);
              }
            });
    Map<OutboundId, LedgerEntry> known = queued.find(due);
    find(due.stream().filter(id -> !known.containsKey(id)).toList())
        .forEach(entry -> known.put(entry.id(), entry));
    // What another did between the two looks: the message is over, or not due any more.
    return due.stream()
        .map(known::get)
        .filter(Objects::nonNull)
        .filter(entry -> entry.isOpen() && !entry.notBefore().isAfter(now))
        .toList();
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
    queued.forget(entries);
    List<LedgerEntry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(LedgerEntry::id));
    Set<OutboundId> written = writeUnlessInACircle(sorted);
    Set<OutboundId> conflicts = new HashSet<>();
    entries.forEach(entry -> conflicts.add(entry.id()));
    conflicts.removeAll(written);
    return conflicts;
  }

  /** The order of the locks allows no circle; if a plan breaks it, the database ends the circle. */
  private Set<OutboundId> writeUnlessInACircle(List<LedgerEntry> entries) {
    for (int attempt = 1; ; attempt++) {
      try {
        return database.unit(
            fence, () -> database.write(handle -> write(handle.getConnection(), entries)));
      } catch (StorageException e) {
        if (!e.isDeadlock() || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Set<OutboundId> write(Connection connection, List<LedgerEntry> entries)
      throws SQLException {
    // What becomes open may have to be put before what is queued at this moment.
    List<PhoneNumber> learners = entries.stream().map(entry -> entry.id().phone()).toList();
    if (entries.stream().anyMatch(entry -> entry.state() instanceof DeliveryState.Queued)) {
      OutboundRows.lock(connection, learners);
    }
    DueRows.keepGap(connection, entries, gap);
    DueRows.lock(connection, learners);
    List<OutboundRows.Written> written = OutboundRows.update(connection, entries);
    DueRows.find(connection, written, gap);
    Set<OutboundId> ids = HashSet.newHashSet(written.size());
    written.forEach(each -> ids.add(each.entry().id()));
    return ids;
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

package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.postgres.OutboundRows.Written;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.Pause;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in the tables {@code outbound_messages} and {@code outbound_due}. Each write stands
 * behind the fence, so that a sender whose lease has passed to another cannot claim any more.
 */
public final class PostgresOutboundLedger implements OutboundLedger {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresOutboundLedger.class);

  /** When a row that could not be read is tried again. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

  /** What could not be read and was said so. */
  private final Set<OutboundId> reported = ConcurrentHashMap.newKeySet();

  private final Database database;
  private final Fence fence;
  private final Pause pause;
  private final QueuedMessages queued;
  private final @Nullable OpenClaims claims;

  /**
   * One that reads every message.
   *
   * @param fence the sender's lease; {@link Fence#NONE} for those who only take in reports
   * @param gap between two messages of one learner, the usual one
   */
  public PostgresOutboundLedger(Database database, Fence fence, Duration gap) {
    this(database, fence, gap, new QueuedMessages(), null);
  }

  /**
   * @param fence the sender's lease
   * @param gap between two messages of one learner, the usual one
   * @param queued filled by the {@link PostgresOutboundQueue} of this process
   * @param claims shared with that queue; null where every message that is being sent has a row in
   *     {@code outbound_due}
   */
  public PostgresOutboundLedger(
      Database database,
      Fence fence,
      Duration gap,
      QueuedMessages queued,
      @Nullable OpenClaims claims) {
    this.database = database;
    this.fence = fence;
    this.pause = new Pause(gap);
    this.queued = queued;
    this.claims = claims;
  }

  /**
   * {@inheritDoc}
   *
   * @throws FencedOffException when another process has taken over
   */
  @Override
  public void takeOver(long epoch, Instant now) {
    change(
        connection -> {
          reopen(connection, ClaimRows.deleteAll(connection));
          DueRows.takeOver(connection, epoch, now);
        });
    if (claims != null) {
      claims.clear();
    }
  }

  @FunctionalInterface
  private interface Change {
    void run(Connection connection) throws SQLException;
  }

  private void change(Change change) {
    database.unit(
        fence,
        () ->
            database.write(
                handle -> {
                  change.run(handle.getConnection());
                  return true;
                }));
  }

  /** Those that a report of the provider has ended meanwhile begin their gap. */
  private void reopen(Connection connection, List<OutboundId> ids) throws SQLException {
    if (!ids.isEmpty()) {
      OutboundRows.lock(connection, ids.stream().map(OutboundId::phone).toList());
      DueRows.keepGapAfterClaims(connection, read(ids), pause);
      DueRows.reopen(connection, ids);
    }
  }

  /** What was to be settled by now gets a row of its own. */
  private void reopen(OpenClaims open, Instant now) {
    List<OutboundId> late = open.due(now);
    if (!late.isEmpty()) {
      change(
          connection -> {
            reopen(connection, late);
            leaveGroups(connection, open, late);
          });
    }
  }

  private void leaveGroups(Connection connection, OpenClaims open, List<OutboundId> ids)
      throws SQLException {
    Set<Long> ended = open.endedBy(ids);
    if (!ended.isEmpty()) {
      ClaimRows.delete(connection, ended);
    }
    database.afterCommit(() -> open.close(ids));
  }

  @Override
  public List<LedgerEntry> due(Instant now, int limit) {
    if (claims != null) {
      reopen(claims, now);
    }
    List<OutboundId> due = dueRows(now, limit);
    Map<OutboundId, LedgerEntry> known = queued.find(due);
    Map<OutboundId, String> unreadable = new LinkedHashMap<>();
    read(due.stream().filter(id -> !known.containsKey(id)).toList(), unreadable::put)
        .forEach(entry -> known.put(entry.id(), entry));
    if (!unreadable.isEmpty()) {
      setAside(unreadable, now);
    }
    List<LedgerEntry> over = known.values().stream().filter(entry -> !entry.isOpen()).toList();
    if (!over.isEmpty()) {
      moveOn(over);
    }
    // What another did between the two looks: the message is over, or not due any more.
    return due.stream()
        .map(known::get)
        .filter(Objects::nonNull)
        .filter(entry -> entry.isOpen() && !entry.notBefore().isAfter(now))
        .toList();
  }

  /** Its learner waits until somebody has mended the row; the others must not. */
  private void setAside(Map<OutboundId, String> unreadable, Instant now) {
    List<DeadLetter> letters = new ArrayList<>();
    unreadable.forEach(
        (id, reason) -> {
          if (reported.add(id)) {
            LOG.error(
                "message cannot be read, its learner gets none: phone={} message={}-{} reason={}",
                id.phone(),
                id.version(),
                id.index(),
                reason);
          }
          letters.add(
              new DeadLetter(
                  DeadLetter.SENDING,
                  "%s %d-%d".formatted(id.phone().value(), id.version(), id.index()),
                  id.phone().value(),
                  "the row of outbound_messages cannot be read (%s): mend it, and it is sent"
                      .formatted(reason),
                  now));
        });
    change(
        connection -> {
          DueRows.putOff(connection, List.copyOf(unreadable.keySet()), now.plus(LOOK_AGAIN));
          new PostgresDeadLetters(database).add(letters);
        });
  }

  /** What waits behind a message that is claimed in a group is passed over. */
  private List<OutboundId> dueRows(Instant now, int limit) {
    String sql =
        """
        select phone, version, message_index from outbound_due
        where due_time <= ? order by due_time limit ?
        """;
    OpenClaims open = claims;
    int passedOver = open == null ? 0 : open.size();
    List<OutboundId> rows =
        database.read(
            handle -> {
              try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                statement.setTimestamp(1, Timestamp.from(now));
                statement.setInt(2, limit + passedOver);
                return Rows.list(statement, OutboundColumns::id);
              }
            });
    return open == null
        ? rows
        : rows.stream().filter(id -> !open.isBusy(id.phone())).limit(limit).toList();
  }

  /** Rows of messages that had no row when they ended, and got it from another at that moment. */
  private void moveOn(List<LedgerEntry> over) {
    List<LedgerEntry> sorted = over.stream().sorted(Comparator.comparing(LedgerEntry::id)).toList();
    change(
        connection -> {
          DueRows.lock(connection, phones(sorted));
          List<Written> ended =
              sorted.stream().map(entry -> new Written(entry, false, false)).toList();
          DueRows.find(connection, ended, pause);
        });
  }

  @Override
  public Optional<Instant> nextDue() {
    String sql = "select min(due_time) from outbound_due";
    Optional<Instant> queuedNext =
        database.read(
            handle -> {
              try (PreparedStatement statement = handle.getConnection().prepareStatement(sql);
                  ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant);
              }
            });
    Optional<Instant> claimedNext = claims == null ? Optional.empty() : claims.next();
    return Stream.concat(queuedNext.stream(), claimedNext.stream()).min(Comparator.naturalOrder());
  }

  @Override
  public void countAnew(Instant now) {
    List<OutboundId> claimed = claims == null ? List.of() : claims.ids();
    change(connection -> DueRows.countAnew(connection, claimed, now, pause));
    queued.clear();
    if (claims != null) {
      claims.countAnew(now);
    }
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
    // The order of the locks allows no circle, unless a plan breaks it.
    Set<OutboundId> written =
        database.unitUnlessInACircle(
            fence, () -> database.write(handle -> write(handle.getConnection(), sorted)));
    Set<OutboundId> conflicts = new HashSet<>();
    entries.forEach(entry -> conflicts.add(entry.id()));
    conflicts.removeAll(written);
    return conflicts;
  }

  private Set<OutboundId> write(Connection connection, List<LedgerEntry> entries)
      throws SQLException {
    // What becomes open may have to be put before what is queued at this moment.
    if (entries.stream().anyMatch(entry -> entry.state() instanceof DeliveryState.Queued)) {
      OutboundRows.lock(connection, phones(entries));
    }
    Map<Boolean, List<LedgerEntry>> byGrouped =
        entries.stream().collect(Collectors.partitioningBy(entry -> isGrouped(entry.id())));
    List<LedgerEntry> grouped = byGrouped.getOrDefault(true, List.of());
    List<LedgerEntry> withRows = byGrouped.getOrDefault(false, List.of());
    DueRows.keepGap(connection, withRows, pause);
    DueRows.keepGapAfterClaims(connection, grouped, pause);
    if (!withRows.isEmpty()) {
      DueRows.lock(connection, phones(withRows));
    }
    List<Written> written =
        OutboundRows.update(connection, entries, this::isGrouped, claims != null);
    find(connection, written);
    if (claims != null) {
      regroup(connection, claims, written);
    }
    Set<OutboundId> ids = HashSet.newHashSet(written.size());
    written.forEach(each -> ids.add(each.entry().id()));
    return ids;
  }

  /** The gap after what had no row is kept already; what is put off then waits for no other gap. */
  private void find(Connection connection, List<Written> written) throws SQLException {
    Map<Boolean, List<Written>> byGrouped =
        written.stream().collect(Collectors.partitioningBy(each -> isGrouped(each.entry().id())));
    DueRows.find(connection, byGrouped.getOrDefault(true, List.of()), Pause.NONE);
    DueRows.find(connection, byGrouped.getOrDefault(false, List.of()), pause);
  }

  private boolean isGrouped(OutboundId id) {
    return claims != null && claims.has(id);
  }

  private static List<PhoneNumber> phones(List<LedgerEntry> entries) {
    return entries.stream().map(entry -> entry.id().phone()).toList();
  }

  private void regroup(Connection connection, OpenClaims open, List<Written> written)
      throws SQLException {
    List<LedgerEntry> taken = new ArrayList<>();
    List<LedgerEntry> stillSending = new ArrayList<>();
    List<OutboundId> ended = new ArrayList<>();
    for (Written each : written) {
      LedgerEntry entry = each.entry();
      if (!open.has(entry.id())) {
        if (each.taken()) {
          taken.add(entry);
        }
      } else if (entry.state() instanceof DeliveryState.Sending) {
        stillSending.add(entry);
      } else {
        ended.add(entry.id());
      }
    }
    if (!taken.isEmpty()) {
      open.open(database, connection, taken);
    }
    if (!ended.isEmpty()) {
      leaveGroups(connection, open, ended);
    }
    database.afterCommit(() -> open.postpone(stillSending));
  }

  /**
   * {@inheritDoc}
   *
   * <p>What was claimed in this process and has ended by another's hand, a report of the provider,
   * is seen here.
   */
  @Override
  public List<LedgerEntry> find(Collection<OutboundId> ids) {
    List<LedgerEntry> found = read(ids);
    OpenClaims open = claims;
    if (open != null) {
      List<LedgerEntry> ended =
          found.stream()
              .filter(entry -> open.has(entry.id()))
              .filter(entry -> !(entry.state() instanceof DeliveryState.Sending))
              .sorted(Comparator.comparing(LedgerEntry::id))
              .toList();
      if (!ended.isEmpty()) {
        change(
            connection -> {
              DueRows.keepGapAfterClaims(connection, ended, pause);
              leaveGroups(connection, open, ended.stream().map(LedgerEntry::id).toList());
            });
      }
    }
    return found;
  }

  private List<LedgerEntry> read(Collection<OutboundId> ids) {
    return read(ids, (id, reason) -> {});
  }

  private List<LedgerEntry> read(
      Collection<OutboundId> ids, BiConsumer<OutboundId, String> unreadable) {
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
            OutboundColumns.bindIds(connection, statement, list);
            return OutboundRows.entries(statement, unreadable);
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
        handle ->
            Rows.<LedgerEntry, ParkedPlace>page(
                after, limit, (from, most) -> parked(handle.getConnection(), sql, from, most)));
  }

  private static Rows.Part<LedgerEntry, ParkedPlace> parked(
      Connection connection, String sql, @Nullable ParkedPlace after, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setTimestamp(1, Timestamp.from(after == null ? Instant.EPOCH : after.parkedTime()));
      statement.setString(2, after == null ? "" : after.id().phone().value());
      statement.setLong(3, after == null ? 0 : after.id().version());
      statement.setInt(4, after == null ? 0 : after.id().index());
      statement.setInt(5, limit);
      List<LedgerEntry> entries = new ArrayList<>();
      int seen = 0;
      ParkedPlace last = null;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          seen++;
          last = new ParkedPlace(OutboundColumns.instant(row, 12), OutboundColumns.id(row));
          try {
            entries.add(Rows.read("outbound_messages", row, OutboundColumns::entry));
          } catch (StorageException e) {
            LOG.error("message cannot be read: place={} reason={}", last, e.getMessage());
          }
        }
      }
      return new Rows.Part<>(entries, seen, last);
    }
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.sms.SendClaims;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCommit.Earlier;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.sms.Traffic;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The queue in the tables {@code sms_cursors}, {@code outbound_messages} and {@code outbound_due}.
 * Within a {@link Database#unit} it is part of that transaction, so that a consumer can keep its
 * checkpoint along with what it queued.
 */
public final class PostgresOutboundQueue implements OutboundQueue {
  private final Database database;

  public PostgresOutboundQueue(Database database) {
    this.database = database;
  }

  @Override
  public Map<PhoneNumber, SmsCursor> cursors(Set<PhoneNumber> phones) {
    Map<PhoneNumber, SmsCursor> cursors = HashMap.newHashMap(phones.size());
    phones.forEach(phone -> cursors.put(phone, SmsCursor.initial(phone)));
    if (!phones.isEmpty()) {
      database
          .read(handle -> select(handle.getConnection(), phones))
          .forEach(cursor -> cursors.put(cursor.phone(), cursor));
    }
    return cursors;
  }

  private static List<SmsCursor> select(Connection connection, Set<PhoneNumber> phones)
      throws SQLException {
    String sql =
        """
        select phone, version, drill_version, last_due, requested_time, day, day_messages,
          window_start, window_replies, blocked_until
        from sms_cursors where phone = any(?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      return Rows.list(statement, PostgresOutboundQueue::cursor);
    }
  }

  private static SmsCursor cursor(ResultSet row) throws SQLException {
    Timestamp requested = row.getTimestamp(5);
    return new SmsCursor(
        new PhoneNumber(row.getString(1)),
        row.getLong(2),
        row.getString(3),
        OutboundColumns.instant(row, 4),
        requested == null ? null : requested.toInstant(),
        new Traffic(
            row.getObject(6, LocalDate.class),
            row.getInt(7),
            OutboundColumns.instant(row, 8),
            row.getInt(9),
            OutboundColumns.instant(row, 10)));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a learner stands in two commits; nothing was written then
   */
  @Override
  public Committed commit(List<SmsCommit> commits, SendClaims claims) {
    Set<PhoneNumber> conflicts = HashSet.newHashSet(commits.size());
    for (SmsCommit commit : commits) {
      if (!conflicts.add(commit.phone())) {
        throw new IllegalArgumentException("two commits of learner " + commit.phone());
      }
    }
    if (commits.isEmpty()) {
      return new Committed(conflicts, List.of());
    }
    List<SmsCommit> sorted = new ArrayList<>(commits);
    sorted.sort(Comparator.comparing(SmsCommit::phone));
    List<LedgerEntry> claimed =
        database.write(handle -> write(handle.getConnection(), sorted, conflicts, claims));
    return new Committed(conflicts, claimed);
  }

  /**
   * Removes from the conflicts those that are written.
   *
   * @return what is stored as claimed
   */
  private static List<LedgerEntry> write(
      Connection connection, List<SmsCommit> commits, Set<PhoneNumber> conflicts, SendClaims claims)
      throws SQLException {
    Map<PhoneNumber, OutboundRows.Locked> stored =
        OutboundRows.lock(connection, commits.stream().map(SmsCommit::phone).toList());
    List<SmsCommit> first = new ArrayList<>();
    List<SmsCommit> next = new ArrayList<>();
    for (SmsCommit commit : commits) {
      OutboundRows.Locked locked = stored.get(commit.phone());
      if (locked == null && commit.expectedVersion() == 0) {
        first.add(commit);
      } else if (locked != null && locked.version() == commit.expectedVersion()) {
        next.add(commit);
      }
    }
    if (!first.isEmpty()) {
      insertCursors(connection, first, conflicts);
    }
    if (!next.isEmpty()) {
      updateCursors(connection, next, conflicts);
    }
    List<LedgerEntry> entries = new ArrayList<>();
    Map<PhoneNumber, Earlier> changes = new HashMap<>();
    for (SmsCommit commit : commits) {
      if (conflicts.contains(commit.phone())) {
        continue;
      }
      entries.addAll(commit.entries());
      if (!(commit.earlier() instanceof Earlier.Kept)) {
        changes.put(commit.phone(), commit.earlier());
      }
    }
    if (!changes.isEmpty()) {
      OutboundRows.moveHeads(connection, changeEarlier(connection, changes));
    }
    List<LedgerEntry> claimed = claimHeads(connection, entries, stored, claims);
    if (!entries.isEmpty()) {
      OutboundRows.insert(connection, entries);
    }
    return claimed;
  }

  /**
   * Takes the first open one of each learner's new messages into {@code outbound_due}; where that
   * makes it the learner's first of all, it may be claimed.
   *
   * @param entries those claimed are put in place of the queued ones
   */
  private static List<LedgerEntry> claimHeads(
      Connection connection,
      List<LedgerEntry> entries,
      Map<PhoneNumber, OutboundRows.Locked> stored,
      SendClaims claims)
      throws SQLException {
    Map<LedgerEntry, Instant> heads = new LinkedHashMap<>();
    Map<OutboundId, LedgerEntry> candidates = new HashMap<>();
    Set<PhoneNumber> seen = new HashSet<>();
    for (LedgerEntry entry : entries) {
      if (entry.isOpen() && seen.add(entry.id().phone())) {
        Instant free = stored.getOrDefault(entry.id().phone(), OutboundRows.Locked.NONE).freeAt();
        Instant due = free.isAfter(entry.notBefore()) ? free : entry.notBefore();
        Optional<LedgerEntry> claim = claims.claim(entry, due);
        claim.ifPresent(candidate -> candidates.put(candidate.id(), candidate));
        heads.put(entry, claim.map(LedgerEntry::notBefore).orElse(due));
      }
    }
    if (heads.isEmpty()) {
      return List.of();
    }
    Set<PhoneNumber> first = OutboundRows.addHeads(connection, heads);
    candidates.keySet().removeIf(id -> !first.contains(id.phone()));
    entries.replaceAll(entry -> candidates.getOrDefault(entry.id(), entry));
    return List.copyOf(candidates.values());
  }

  /** One that finds a row has lost a race. */
  private static void insertCursors(
      Connection connection, List<SmsCommit> commits, Set<PhoneNumber> conflicts)
      throws SQLException {
    String sql =
        """
        insert into sms_cursors
          (phone, version, drill_version, last_due, requested_time, day, day_messages,
           window_start, window_replies, blocked_until)
        select u.phone, u.version, u.drill_version, T u.last_due, T u.requested, u.day,
          u.day_messages, T u.window_start, u.window_replies, T u.blocked
        from CURSORS
        on conflict (phone) do nothing
        returning phone
        """;
    writeCursors(connection, sql, commits, conflicts);
  }

  /** The rows are locked, and their versions are those expected. */
  private static void updateCursors(
      Connection connection, List<SmsCommit> commits, Set<PhoneNumber> conflicts)
      throws SQLException {
    String sql =
        """
        update sms_cursors c set
          version = u.version, drill_version = u.drill_version, last_due = T u.last_due,
          requested_time = T u.requested, day = u.day, day_messages = u.day_messages,
          window_start = T u.window_start, window_replies = u.window_replies,
          blocked_until = T u.blocked
        from CURSORS
        where c.phone = u.phone
        returning c.phone
        """;
    writeCursors(connection, sql, commits, conflicts);
  }

  private static void writeCursors(
      Connection connection, String sql, List<SmsCommit> commits, Set<PhoneNumber> conflicts)
      throws SQLException {
    String values =
        """
        unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::date[], ?::int[],
            ?::bigint[], ?::int[], ?::bigint[])
          as u (phone, version, drill_version, last_due, requested, day, day_messages,
            window_start, window_replies, blocked)
        """;
    String complete =
        sql.replace("CURSORS", values)
            .replace("T u.", "timestamptz 'epoch' + interval '1 millisecond' * u.");
    List<SmsCursor> cursors = commits.stream().map(SmsCommit::cursor).toList();
    List<Traffic> traffic = cursors.stream().map(SmsCursor::traffic).toList();
    try (PreparedStatement statement = connection.prepareStatement(complete)) {
      statement.setArray(1, Columns.texts(connection, cursors, cursor -> cursor.phone().value()));
      statement.setArray(2, Columns.longs(connection, cursors, SmsCursor::version));
      statement.setArray(3, Columns.nullableTexts(connection, cursors, SmsCursor::drillVersion));
      statement.setArray(4, Columns.times(connection, cursors, SmsCursor::lastDue));
      statement.setArray(5, Columns.times(connection, cursors, SmsCursor::requestedAt));
      statement.setArray(6, days(connection, traffic));
      statement.setArray(7, Columns.longs(connection, traffic, Traffic::messages));
      statement.setArray(8, Columns.times(connection, traffic, Traffic::windowStart));
      statement.setArray(9, Columns.longs(connection, traffic, Traffic::replies));
      statement.setArray(10, Columns.times(connection, traffic, Traffic::blockedUntil));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          conflicts.remove(new PhoneNumber(rows.getString(1)));
        }
      }
    }
  }

  private static java.sql.Array days(Connection connection, List<Traffic> traffic)
      throws SQLException {
    return connection.createArrayOf(
        "date", traffic.stream().map(each -> Date.valueOf(each.day())).toArray(Date[]::new));
  }

  /** Rare: a learner opted out, or wrote while messages were held back. */
  private static List<OutboundRows.Touched> changeEarlier(
      Connection connection, Map<PhoneNumber, Earlier> changes) throws SQLException {
    List<LedgerEntry> changed = new ArrayList<>();
    for (LedgerEntry entry : unfinished(connection, changes.keySet())) {
      Earlier change = changes.get(entry.id().phone());
      LedgerEntry after = change == null ? entry : change.apply(entry);
      if (!after.equals(entry)) {
        changed.add(after);
      }
    }
    return changed.isEmpty() ? List.of() : OutboundRows.update(connection, changed, Duration.ZERO);
  }

  /** Locked, because a claim does not wait for the learner's cursor. */
  private static List<LedgerEntry> unfinished(Connection connection, Collection<PhoneNumber> phones)
      throws SQLException {
    String sql =
        "select "
            + OutboundColumns.ALL
            + """
              from outbound_messages m
              where m.phone = any(?) and m.state in ('QUEUED', 'SENDING', 'PARKED')
              order by m.phone, m.version, m.message_index
              for no key update
              """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      return OutboundRows.entries(statement);
    }
  }
}

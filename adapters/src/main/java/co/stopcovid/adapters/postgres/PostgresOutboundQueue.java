package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.sms.Pause;
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
import org.jspecify.annotations.Nullable;

/**
 * The queue in the tables {@code sms_cursors}, {@code outbound_messages} and {@code outbound_due}.
 * Within a {@link Database#unit} it is part of that transaction, so that a consumer can keep its
 * checkpoint along with what it queued.
 */
public final class PostgresOutboundQueue implements OutboundQueue {
  private final Database database;
  private final QueuedMessages queued;
  private final @Nullable OpenClaims open;
  private final Pause pause;

  /**
   * One that claims nothing.
   *
   * @param gap between two messages of one learner, the usual one
   */
  public PostgresOutboundQueue(Database database, Duration gap) {
    this(database, gap, new QueuedMessages(), null);
  }

  /**
   * @param gap between two messages of one learner, the usual one
   * @param queued gets what is queued, for the {@link PostgresOutboundLedger} of this process
   * @param open gets what is claimed, for that ledger; null where all of it is to have rows in
   *     {@code outbound_due}
   */
  public PostgresOutboundQueue(
      Database database, Duration gap, QueuedMessages queued, @Nullable OpenClaims open) {
    this.database = database;
    this.pause = new Pause(gap);
    this.queued = queued;
    this.open = open;
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
        select phone, version, drill_version, last_due, opted_out, day, day_messages,
          window_start, window_replies, blocked_until
        from sms_cursors where phone = any(?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      return Rows.list(statement, PostgresOutboundQueue::cursor);
    }
  }

  private static SmsCursor cursor(ResultSet row) throws SQLException {
    return new SmsCursor(
        new PhoneNumber(row.getString(1)),
        row.getLong(2),
        row.getString(3),
        OutboundColumns.instant(row, 4),
        row.getBoolean(5),
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
  private List<LedgerEntry> write(
      Connection connection, List<SmsCommit> commits, Set<PhoneNumber> conflicts, SendClaims claims)
      throws SQLException {
    List<SmsCommit> first = new ArrayList<>();
    List<SmsCommit> next = new ArrayList<>();
    commits.forEach(commit -> (commit.expectedVersion() == 0 ? first : next).add(commit));
    Map<PhoneNumber, Instant> freeAt = HashMap.newHashMap(commits.size());
    if (!first.isEmpty()) {
      insertCursors(connection, first, freeAt);
    }
    if (!next.isEmpty()) {
      updateCursors(connection, next, freeAt);
    }
    conflicts.removeAll(freeAt.keySet());
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
      DueRows.lock(connection, freeAt.keySet());
      changeEarlier(connection, changes);
    }
    List<LedgerEntry> claimed = claimHeads(connection, entries, freeAt, claims);
    if (!entries.isEmpty()) {
      OutboundRows.insert(connection, entries);
      database.afterCommit(
          () ->
              queued.keep(
                  entries.stream().filter(entry -> entry.state() instanceof Queued).toList()));
    }
    return claimed;
  }

  /**
   * Takes each learner's new messages into {@code outbound_due}; where the first of them is the
   * learner's first of all, it may be claimed.
   *
   * @param entries those claimed are put in place of the queued ones
   */
  private List<LedgerEntry> claimHeads(
      Connection connection,
      List<LedgerEntry> entries,
      Map<PhoneNumber, Instant> freeAt,
      SendClaims claims)
      throws SQLException {
    Map<PhoneNumber, List<LedgerEntry>> learners = new LinkedHashMap<>();
    for (LedgerEntry entry : entries) {
      if (entry.isOpen()) {
        learners.computeIfAbsent(entry.id().phone(), phone -> new ArrayList<>()).add(entry);
      }
    }
    if (learners.isEmpty()) {
      return List.of();
    }
    Set<PhoneNumber> busy = open == null ? Set.of() : busy(connection, open, learners.keySet());
    Map<OutboundId, LedgerEntry> candidates = new LinkedHashMap<>();
    List<DueRows.Added> added = new ArrayList<>(learners.size());
    learners.forEach(
        (phone, own) -> {
          LedgerEntry first = own.getFirst();
          Instant free =
              freeAt(
                  freeAt.getOrDefault(phone, Instant.EPOCH),
                  latest(first.updatedTime(), first.notBefore()));
          Instant due = latest(first.notBefore(), free);
          Optional<LedgerEntry> claim =
              busy.contains(phone) ? Optional.empty() : claims.claim(first, due);
          claim.ifPresent(candidate -> candidates.put(candidate.id(), candidate));
          OutboundId newest = own.getLast().id();
          if (claim.isEmpty() || open == null) {
            Instant dueRow = claim.map(LedgerEntry::notBefore).orElse(due);
            added.add(new DueRows.Added(first.id(), dueRow, newest, free));
          } else if (own.size() > 1) {
            LedgerEntry second = own.get(1);
            Instant dueRow = latest(second.notBefore(), free);
            added.add(new DueRows.Added(second.id(), dueRow, newest, free));
          }
        });
    Set<PhoneNumber> first = added.isEmpty() ? Set.of() : DueRows.add(connection, added);
    if (open == null) {
      candidates.keySet().removeIf(id -> !first.contains(id.phone()));
    } else if (!candidates.isEmpty()) {
      open.open(database, connection, List.copyOf(candidates.values()));
    }
    entries.replaceAll(entry -> candidates.getOrDefault(entry.id(), entry));
    return List.copyOf(candidates.values());
  }

  /**
   * Learners with an open message. Who claims one shows it in memory before its row is seen to be
   * gone, so the rows are looked at first.
   */
  private static Set<PhoneNumber> busy(
      Connection connection, OpenClaims open, Set<PhoneNumber> phones) throws SQLException {
    Set<PhoneNumber> busy = new HashSet<>(DueRows.find(connection, phones));
    phones.stream().filter(open::isBusy).forEach(busy::add);
    return busy;
  }

  /** No pause is as long as one that a clock left behind which was set back since. */
  private Instant freeAt(Instant stored, Instant planned) {
    return stored.isAfter(planned.plus(pause.longest())) ? Instant.EPOCH : stored;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** One that finds a row has lost a race. */
  private static void insertCursors(
      Connection connection, List<SmsCommit> commits, Map<PhoneNumber, Instant> freeAt)
      throws SQLException {
    String sql =
        """
        insert into sms_cursors
          (phone, version, drill_version, last_due, opted_out, day, day_messages,
           window_start, window_replies, blocked_until)
        select u.phone, u.version, u.drill_version, T u.last_due, u.opted_out, u.day,
          u.day_messages, T u.window_start, u.window_replies, T u.blocked
        from CURSORS
        on conflict (phone) do nothing
        returning phone, free_at
        """;
    writeCursors(connection, sql, commits, freeAt);
  }

  private static void updateCursors(
      Connection connection, List<SmsCommit> commits, Map<PhoneNumber, Instant> freeAt)
      throws SQLException {
    String sql =
        """
        update sms_cursors c set
          version = u.version, drill_version = u.drill_version, last_due = T u.last_due,
          opted_out = u.opted_out, day = u.day, day_messages = u.day_messages,
          window_start = T u.window_start, window_replies = u.window_replies,
          blocked_until = T u.blocked
        from CURSORS
        where c.phone = u.phone and c.version = u.expected
        returning c.phone, c.free_at
        """;
    writeCursors(connection, sql, commits, freeAt);
  }

  /**
   * @param freeAt gets, for each learner whose cursor is written, the end of the gap after the last
   *     message
   */
  private static void writeCursors(
      Connection connection, String sql, List<SmsCommit> commits, Map<PhoneNumber, Instant> freeAt)
      throws SQLException {
    String values =
        """
        unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::boolean[], ?::date[], ?::int[],
            ?::bigint[], ?::int[], ?::bigint[])
          as u (phone, expected, version, drill_version, last_due, opted_out, day, day_messages,
            window_start, window_replies, blocked)
        """;
    String complete =
        sql.replace("CURSORS", values)
            .replace("T u.", "timestamptz 'epoch' + interval '1 millisecond' * u.");
    List<SmsCursor> cursors = commits.stream().map(SmsCommit::cursor).toList();
    List<Traffic> traffic = cursors.stream().map(SmsCursor::traffic).toList();
    try (PreparedStatement statement = connection.prepareStatement(complete)) {
      statement.setArray(1, Columns.texts(connection, cursors, cursor -> cursor.phone().value()));
      statement.setArray(2, Columns.longs(connection, commits, SmsCommit::expectedVersion));
      statement.setArray(3, Columns.longs(connection, cursors, SmsCursor::version));
      statement.setArray(4, Columns.nullableTexts(connection, cursors, SmsCursor::drillVersion));
      statement.setArray(5, Columns.times(connection, cursors, SmsCursor::lastDue));
      statement.setArray(6, Columns.truths(connection, cursors, SmsCursor::optedOut));
      statement.setArray(7, days(connection, traffic));
      statement.setArray(8, Columns.longs(connection, traffic, Traffic::messages));
      statement.setArray(9, Columns.times(connection, traffic, Traffic::windowStart));
      statement.setArray(10, Columns.longs(connection, traffic, Traffic::replies));
      statement.setArray(11, Columns.times(connection, traffic, Traffic::blockedUntil));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Timestamp free = rows.getTimestamp(2);
          freeAt.put(
              new PhoneNumber(rows.getString(1)), free == null ? Instant.EPOCH : free.toInstant());
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
  private void changeEarlier(Connection connection, Map<PhoneNumber, Earlier> changes)
      throws SQLException {
    List<LedgerEntry> changed = new ArrayList<>();
    for (LedgerEntry entry : unfinished(connection, changes.keySet())) {
      Earlier change = changes.get(entry.id().phone());
      LedgerEntry after = change == null ? entry : change.apply(entry);
      if (!after.equals(entry)) {
        changed.add(after);
      }
    }
    if (!changed.isEmpty()) {
      queued.forget(changed);
      // None of these is sent by this, so none begins a gap.
      DueRows.find(
          connection,
          OutboundRows.update(connection, changed, id -> open != null && open.has(id), false),
          Pause.NONE);
    }
  }

  /** Locked, because the sender does not wait for the learner's cursor. */
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

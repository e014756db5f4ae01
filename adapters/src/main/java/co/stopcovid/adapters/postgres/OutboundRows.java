package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState.Delivered;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sending;
import co.stopcovid.sms.DeliveryState.Sent;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The statements that queue and ledger share. Whoever changes a learner's messages first locks the
 * learner's cursor ({@link #lock}), and last says which messages it touched ({@link #moveHeads}).
 */
final class OutboundRows {
  /** Milliseconds of the epoch as a point in time, without rounding. */
  private static final String TIME = "timestamptz 'epoch' + interval '1 millisecond' * ";

  private OutboundRows() {}

  /**
   * A message whose row was written.
   *
   * @param isSending it stays the learner's first open one
   * @param freeAt when the learner's next one may follow, because the provider has this one or may
   *     have it; null for at any time
   */
  record Touched(LedgerEntry entry, boolean isSending, @Nullable Instant freeAt) {
    static Touched of(LedgerEntry entry, Duration gap) {
      boolean isWithProvider =
          switch (entry.state()) {
            case Queued queued -> false;
            case Sending sending -> false;
            case Sent sent -> true;
            case Delivered delivered -> true;
            case Failed failed -> failed.sid() != null;
            case Parked parked -> parked.attempts() > 0;
          };
      return new Touched(
          entry,
          entry.state() instanceof Sending,
          isWithProvider ? entry.updatedTime().plus(gap) : null);
    }

    OutboundId id() {
      return entry.id();
    }
  }

  /**
   * A learner's cursor, which nobody else changes until the commit.
   *
   * @param freeAt when the gap after the learner's last message is over
   */
  record Locked(long version, Instant freeAt) {
    /** Of a learner who has no cursor yet. */
    static final Locked NONE = new Locked(0, Instant.EPOCH);
  }

  static Map<PhoneNumber, Locked> lock(Connection connection, Collection<PhoneNumber> phones)
      throws SQLException {
    String sql =
        """
        select phone, version, free_at from sms_cursors
        where phone = any(?) order by phone for no key update
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      Map<PhoneNumber, Locked> locked = HashMap.newHashMap(phones.size());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Timestamp free = rows.getTimestamp(3);
          locked.put(
              new PhoneNumber(rows.getString(1)),
              new Locked(rows.getLong(2), free == null ? Instant.EPOCH : free.toInstant()));
        }
      }
      return locked;
    }
  }

  static void insert(Connection connection, List<LedgerEntry> entries) throws SQLException {
    String sql =
        """
        insert into outbound_messages
          (phone, version, message_index, kind, body, media_url, zones, created_time, not_before,
           expires_at, any_hour_until, state, attempts, doubts, epoch, sid, reason, updated_time,
           parked_time, revision)
        select u.phone, u.version, u.message_index, u.kind, u.body, u.media_url, u.zones,
          T u.created, T u.not_before, T u.expires, T u.any_hour, u.state, u.attempts, u.doubts,
          u.epoch, u.sid, u.reason, T u.updated, T u.parked, u.revision
        from unnest(?::text[], ?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[],
            ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::int[], ?::int[],
            ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
          as u (phone, version, message_index, kind, body, media_url, zones, created, not_before,
            expires, any_hour, state, attempts, doubts, epoch, sid, reason, updated, parked, revision)
        """
            .replace("T u.", TIME + "u.");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      var columns = new Binder(connection, statement, entries);
      columns.ids();
      columns.texts(entry -> entry.kind().name());
      columns.texts(entry -> entry.message().body());
      columns.texts(entry -> entry.message().mediaUrl());
      columns.texts(entry -> OutboundColumns.zones(entry.zones()));
      columns.times(LedgerEntry::createdTime);
      columns.times(LedgerEntry::notBefore);
      columns.times(LedgerEntry::expiresAt);
      columns.times(LedgerEntry::anyHourUntil);
      columns.state();
      columns.numbers(LedgerEntry::revision);
      statement.executeUpdate();
    }
  }

  /**
   * Writes what can change of an entry, where the stored revision is the entry's.
   *
   * @param gap between two messages of one learner
   */
  static List<Touched> update(Connection connection, List<LedgerEntry> entries, Duration gap)
      throws SQLException {
    String sql =
        """
        update outbound_messages m set
          kind = u.kind, not_before = T u.not_before, any_hour_until = T u.any_hour,
          state = u.state, attempts = u.attempts, doubts = u.doubts, epoch = u.epoch, sid = u.sid,
          reason = u.reason, updated_time = T u.updated, parked_time = T u.parked,
          revision = u.revision + 1
        from unnest(?::text[], ?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::bigint[],
            ?::text[], ?::int[], ?::int[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
            ?::bigint[], ?::bigint[])
          as u (phone, version, message_index, kind, not_before, any_hour, state, attempts, doubts,
            epoch, sid, reason, updated, parked, revision)
        where m.phone = u.phone and m.version = u.version and m.message_index = u.message_index
          and m.revision = u.revision
        returning m.phone, m.version, m.message_index
        """
            .replace("T u.", TIME + "u.");
    Map<OutboundId, LedgerEntry> byId = HashMap.newHashMap(entries.size());
    entries.forEach(entry -> byId.put(entry.id(), entry));
    List<Touched> touched = new ArrayList<>(entries.size());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      var columns = new Binder(connection, statement, entries);
      columns.ids();
      columns.texts(entry -> entry.kind().name());
      columns.times(LedgerEntry::notBefore);
      columns.times(LedgerEntry::anyHourUntil);
      columns.state();
      columns.numbers(LedgerEntry::revision);
      for (OutboundId id : Rows.list(statement, OutboundColumns::id)) {
        LedgerEntry entry = byId.get(id);
        if (entry != null) {
          touched.add(Touched.of(entry, gap));
        }
      }
    }
    return touched;
  }

  /** Makes {@code outbound_due} say again which open message is each learner's first. */
  static void moveHeads(Connection connection, List<Touched> touched) throws SQLException {
    List<Touched> open = touched.stream().filter(touch -> touch.entry().isOpen()).toList();
    if (!open.isEmpty()) {
      postpone(connection, open);
    }
    List<Touched> others = touched.stream().filter(touch -> !touch.isSending()).toList();
    if (!others.isEmpty()) {
      Set<PhoneNumber> done = endLast(connection, others);
      List<Touched> more =
          others.stream().filter(touch -> !done.contains(touch.id().phone())).toList();
      if (!more.isEmpty()) {
        nextHeads(connection, more);
      }
    }
  }

  /**
   * The usual case of {@link #nextHeads}, for less: the learner's first message is not open any
   * more and no other is.
   *
   * @return the learners who have no open message now
   */
  private static Set<PhoneNumber> endLast(Connection connection, List<Touched> touched)
      throws SQLException {
    String sql =
        """
        with ended as (
          delete from outbound_due d
          using unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[])
            as u (phone, version, message_index, free_ms)
          where d.phone = u.phone and d.version = u.version and d.message_index = u.message_index
            and not exists (
              select 1 from outbound_messages m
              where m.phone = u.phone and m.version >= u.version
                and m.state in ('QUEUED', 'SENDING'))
          returning d.phone, u.free_ms
        ), freed as (
          update sms_cursors c set free_at = greatest(c.free_at, T u.free_ms)
          from ended u where c.phone = u.phone and u.free_ms is not null
        )
        select phone from ended
        """
            .replace("T u.", TIME + "u.");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      setHeads(connection, statement, touched, Touched::freeAt);
      return Set.copyOf(Rows.list(statement, row -> new PhoneNumber(row.getString(1))));
    }
  }

  /** Those of the open messages that are first and stay it have a new time, which keeps the gap. */
  private static void postpone(Connection connection, List<Touched> open) throws SQLException {
    String sql =
        """
        update outbound_due d set due_time = greatest(T u.due_ms, c.free_at)
        from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[])
            as u (phone, version, message_index, due_ms)
          left join sms_cursors c on c.phone = u.phone
        where d.phone = u.phone and d.version = u.version and d.message_index = u.message_index
        """
            .replace("T u.", TIME + "u.");
    bindHeads(connection, sql, open, touch -> touch.entry().notBefore());
  }

  /**
   * A first message that stays the first keeps its due time, which may hold a gap. One that leaves
   * for the provider begins a gap, which later messages keep too.
   */
  private static void nextHeads(Connection connection, List<Touched> touched) throws SQLException {
    String sql =
        """
        with touched as (
          select *
          from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[])
            as u (phone, version, message_index, free_ms)
        ), freed as (
          update sms_cursors c set free_at = greatest(c.free_at, T u.free_ms)
          from touched u join outbound_due d using (phone, version, message_index)
          where c.phone = u.phone and u.free_ms is not null
        ), learners as (
          select u.phone, min(u.version) as version, max(u.free_ms) as free_ms
          from touched u
          group by u.phone
        ), heads as (
          select l.phone, h.version, h.message_index,
            case when h.state = 'QUEUED'
              then greatest(h.not_before, c.free_at, T l.free_ms) else h.not_before end as due_time
          from learners l
            left join sms_cursors c on c.phone = l.phone
            left join outbound_due d on d.phone = l.phone
            left join lateral (
              select m.version, m.message_index, m.state, m.not_before
              from outbound_messages m
              where m.phone = l.phone and m.version >= least(l.version, d.version)
                and m.state in ('QUEUED', 'SENDING')
              order by m.version, m.message_index limit 1
            ) h on true
          where h.version is null
            or d.version is distinct from h.version
            or d.message_index is distinct from h.message_index
        ), ended as (
          delete from outbound_due d using heads h where d.phone = h.phone and h.version is null
        )
        insert into outbound_due (phone, version, message_index, due_time)
        select phone, version, message_index, due_time from heads where version is not null
        on conflict (phone) do update set
          version = excluded.version, message_index = excluded.message_index,
          due_time = excluded.due_time
        """
            .replace("T u.", TIME + "u.")
            .replace("T l.", TIME + "l.");
    bindHeads(connection, sql, touched, Touched::freeAt);
  }

  /**
   * Takes new messages into {@code outbound_due}. They come after all that the learner has, so they
   * are first only where there is none.
   *
   * @param heads the first open one of each learner's new messages, with its due time
   * @return the learners whose new message is the first
   */
  static Set<PhoneNumber> addHeads(Connection connection, Map<LedgerEntry, Instant> heads)
      throws SQLException {
    String sql =
        """
        insert into outbound_due (phone, version, message_index, due_time)
        select u.phone, u.version, u.message_index, T u.due_ms
        from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[])
          as u (phone, version, message_index, due_ms)
        on conflict (phone) do nothing
        returning phone
        """
            .replace("T u.", TIME + "u.");
    List<Map.Entry<LedgerEntry, Instant>> rows = List.copyOf(heads.entrySet());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1, Columns.texts(connection, rows, row -> row.getKey().id().phone().value()));
      statement.setArray(2, Columns.longs(connection, rows, row -> row.getKey().id().version()));
      statement.setArray(3, Columns.longs(connection, rows, row -> row.getKey().id().index()));
      statement.setArray(4, Columns.times(connection, rows, Map.Entry::getValue));
      return Set.copyOf(Rows.list(statement, row -> new PhoneNumber(row.getString(1))));
    }
  }

  private static void bindHeads(
      Connection connection,
      String sql,
      List<Touched> touched,
      Function<Touched, @Nullable Instant> time)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      setHeads(connection, statement, touched, time);
      statement.executeUpdate();
    }
  }

  private static void setHeads(
      Connection connection,
      PreparedStatement statement,
      List<Touched> touched,
      Function<Touched, @Nullable Instant> time)
      throws SQLException {
    statement.setArray(1, Columns.texts(connection, touched, touch -> touch.id().phone().value()));
    statement.setArray(2, Columns.longs(connection, touched, touch -> touch.id().version()));
    statement.setArray(3, Columns.longs(connection, touched, touch -> touch.id().index()));
    statement.setArray(4, Columns.times(connection, touched, time));
  }

  static Set<OutboundId> ids(List<Touched> touched) {
    Set<OutboundId> ids = new HashSet<>();
    touched.forEach(touch -> ids.add(touch.id()));
    return ids;
  }

  static List<LedgerEntry> entries(PreparedStatement statement) throws SQLException {
    List<LedgerEntry> entries = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(OutboundColumns.entry(rows));
      }
    }
    return entries;
  }

  /** Binds column after column of entries. */
  private static final class Binder {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<LedgerEntry> entries;
    private final List<OutboundColumns> states;
    private int next = 1;

    Binder(Connection connection, PreparedStatement statement, List<LedgerEntry> entries) {
      this.connection = connection;
      this.statement = statement;
      this.entries = entries;
      this.states = entries.stream().map(entry -> OutboundColumns.of(entry.state())).toList();
    }

    void ids() throws SQLException {
      texts(entry -> entry.id().phone().value());
      numbers(entry -> entry.id().version());
      numbers(entry -> (long) entry.id().index());
    }

    void texts(Function<LedgerEntry, @Nullable String> column) throws SQLException {
      statement.setArray(next++, Columns.nullableTexts(connection, entries, column));
    }

    void times(Function<LedgerEntry, @Nullable Instant> column) throws SQLException {
      statement.setArray(next++, Columns.times(connection, entries, column));
    }

    void numbers(Function<LedgerEntry, Long> column) throws SQLException {
      statement.setArray(next++, Columns.longs(connection, entries, column::apply));
    }

    /** From the name of the state to the time it was parked. */
    void state() throws SQLException {
      statement.setArray(next++, Columns.nullableTexts(connection, states, OutboundColumns::state));
      statement.setArray(next++, Columns.longs(connection, states, OutboundColumns::attempts));
      statement.setArray(next++, Columns.longs(connection, states, OutboundColumns::doubts));
      statement.setArray(next++, Columns.nullableLongs(connection, states, OutboundColumns::epoch));
      statement.setArray(next++, Columns.nullableTexts(connection, states, OutboundColumns::sid));
      statement.setArray(
          next++, Columns.nullableTexts(connection, states, OutboundColumns::reason));
      times(LedgerEntry::updatedTime);
      times(entry -> entry.state() instanceof Parked ? entry.updatedTime() : null);
    }
  }
}

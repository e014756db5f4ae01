package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code outbound_messages} that queue and ledger share. Rows are locked in the
 * order cursors, {@link DueRows}, messages, and in each table in the order of learners, so that no
 * two transactions wait in a circle.
 */
final class OutboundRows {
  /** Milliseconds of the epoch as a point in time, without rounding. */
  static final String TIME = "timestamptz 'epoch' + interval '1 millisecond' * ";

  private OutboundRows() {}

  /**
   * A message whose row was written.
   *
   * @param settled {@code outbound_due} is right already: the message stays its learner's first, or
   *     was the last open one
   * @param taken its row in {@code outbound_due} is gone, so that it has to stand in a group
   */
  record Written(LedgerEntry entry, boolean settled, boolean taken) {
    private Written and(Written other) {
      return new Written(entry, settled || other.settled, taken || other.taken);
    }
  }

  /** Locks cursors, so that nobody queues messages of these learners until the commit. */
  static void lock(Connection connection, Collection<PhoneNumber> phones) throws SQLException {
    String sql = "select 1 from sms_cursors where phone = any(?) order by phone for no key update";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      statement.execute();
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
   * Writes what can change of an entry, where the stored revision is the entry's. One that is being
   * sent is due when its state says; the end of a learner's last open one takes the learner out of
   * {@code outbound_due}. All else is left to {@link DueRows#find}.
   *
   * @param entries in the order of their ids
   * @param isGrouped what stands in a group, and so has no row in {@code outbound_due}
   * @param take what is being sent, and has nothing behind it, is taken out of {@code outbound_due}
   */
  static List<Written> update(
      Connection connection,
      List<LedgerEntry> entries,
      Predicate<OutboundId> isGrouped,
      boolean take)
      throws SQLException {
    String sql =
        """
        with written as (
          update outbound_messages m set
            kind = u.kind, not_before = T u.not_before, any_hour_until = T u.any_hour,
            state = u.state, attempts = u.attempts, doubts = u.doubts, epoch = u.epoch, sid = u.sid,
            reason = u.reason, updated_time = T u.updated, parked_time = T u.parked,
            revision = u.revision + 1
          from unnest(?::text[], ?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::bigint[],
              ?::text[], ?::int[], ?::int[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
              ?::bigint[], ?::bigint[], ?::int[])
            as u (phone, version, message_index, kind, not_before, any_hour, state, attempts, doubts,
              epoch, sid, reason, updated, parked, revision, grouped)
          where m.phone = u.phone and m.version = u.version and m.message_index = u.message_index
            and m.revision = u.revision
          returning m.phone, m.version, m.message_index, m.state, m.not_before, u.grouped
        ), taken as (
          delete from outbound_due d
          using written w
          where ? and w.state = 'SENDING' and d.phone = any(array[w.phone])
            and d.version = w.version and d.message_index = w.message_index
            and d.newest_version = d.version and d.newest_index = d.message_index
          returning d.phone, d.version, d.message_index
        ), moved as (
          update outbound_due d set due_time = w.not_before
          from written w
          where w.state = 'SENDING' and d.phone = any(array[w.phone])
            and d.version = w.version and d.message_index = w.message_index
            and not (? and d.newest_version = d.version and d.newest_index = d.message_index)
          returning d.phone, d.version, d.message_index
        ), raised as (
          update outbound_due d
          set newest_version = w.version, newest_index = w.message_index
          from (
            select distinct on (phone) phone, version, message_index from written
            where state = 'QUEUED' order by phone, version desc, message_index desc
          ) w
          where d.phone = any(array[w.phone])
            and (w.version, w.message_index) > (d.newest_version, d.newest_index)
        ), ended as (
          delete from outbound_due d
          using written w
          where w.state not in ('QUEUED', 'SENDING') and d.phone = any(array[w.phone])
            and d.version = w.version and d.message_index = w.message_index
            and d.newest_version = d.version and d.newest_index = d.message_index
          returning d.phone, d.version, d.message_index
        )
        select w.phone, w.version, w.message_index, false, w.grouped = 1 and (
            w.state = 'SENDING' or w.state <> 'QUEUED' and d.phone is null)
        from written w left join outbound_due d on d.phone = any(array[w.phone])
          and d.version = w.version and d.message_index = w.message_index
        union all
        select phone, version, message_index, true, true from taken
        union all
        select phone, version, message_index, false, true from moved
        union all
        select phone, version, message_index, false, true from ended
        """
            .replace("T u.", TIME + "u.");
    Map<OutboundId, LedgerEntry> byId = HashMap.newHashMap(entries.size());
    entries.forEach(entry -> byId.put(entry.id(), entry));
    Map<OutboundId, Written> written = LinkedHashMap.newLinkedHashMap(entries.size());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      var columns = new Binder(connection, statement, entries);
      columns.ids();
      columns.texts(entry -> entry.kind().name());
      columns.times(LedgerEntry::notBefore);
      columns.times(LedgerEntry::anyHourUntil);
      columns.state();
      columns.numbers(LedgerEntry::revision);
      columns.numbers(entry -> isGrouped.test(entry.id()) ? 1L : 0);
      columns.flag(take);
      columns.flag(take);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          OutboundId id = OutboundColumns.id(row);
          LedgerEntry entry = byId.get(id);
          if (entry != null) {
            var one = new Written(entry, row.getBoolean(5), row.getBoolean(4));
            written.merge(id, one, Written::and);
          }
        }
      }
    }
    return List.copyOf(written.values());
  }

  /** Without those that cannot be read: one message must not stop the others. */
  static List<LedgerEntry> entries(PreparedStatement statement) throws SQLException {
    return entries(statement, (id, reason) -> {});
  }

  /**
   * @param unreadable gets what cannot be read, and why, without anything private
   */
  static List<LedgerEntry> entries(
      PreparedStatement statement, BiConsumer<OutboundId, String> unreadable) throws SQLException {
    List<LedgerEntry> entries = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        try {
          entries.add(OutboundColumns.entry(rows));
        } catch (StorageException | IllegalArgumentException | DateTimeException e) {
          unreadable.accept(OutboundColumns.id(rows), e.getClass().getSimpleName());
        }
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

    void flag(boolean value) throws SQLException {
      statement.setBoolean(next++, value);
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

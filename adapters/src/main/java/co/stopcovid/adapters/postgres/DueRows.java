package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.postgres.OutboundRows.Written;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState.Delivered;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sending;
import co.stopcovid.sms.DeliveryState.Sent;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.Pause;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code outbound_due}: of each learner with open messages, the first one and
 * when it is due. Who queues a message where there is a row changes the row's newest message, so
 * that who ends the first one at this moment waits, and sees that there is another.
 *
 * <p>What joins the table names the learner as {@code any(array[…])}. When the queue was empty as
 * the table was last vacuumed, PostgreSQL takes it for empty, and with a plain equality would walk
 * over all of it once for every row given.
 */
final class DueRows {
  /** A time that is bound as milliseconds. */
  private static final String MOMENT = "timestamptz 'epoch' + interval '1 millisecond' * ?";

  /** More rounds than messages can be queued while one ends. */
  private static final int MOST_ROUNDS = 20;

  /** A message that goes out so late, in parts of the gap, begins a gap that is kept for it. */
  private static final int LATE = 6;

  private DueRows() {}

  /**
   * A learner's new messages.
   *
   * @param first the first open one
   * @param due when it is due
   * @param newest the last open one
   * @param freeAt when the gap after the learner's earlier messages is over
   */
  record Added(OutboundId first, Instant due, OutboundId newest, Instant freeAt) {}

  /** Locks what learners have here, before several statements change it. */
  static void lock(Connection connection, Collection<PhoneNumber> phones) throws SQLException {
    String sql = "select 1 from outbound_due where phone = any(?) order by phone for update";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      statement.execute();
    }
  }

  /** Those of the learners who have a row, so an open message that is not claimed in a group. */
  static Set<PhoneNumber> find(Connection connection, Collection<PhoneNumber> phones)
      throws SQLException {
    String sql = "select phone from outbound_due where phone = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      return Set.copyOf(Rows.list(statement, row -> new PhoneNumber(row.getString(1))));
    }
  }

  /**
   * Takes in messages that are being sent and had no row. Their learners' cursors must be locked.
   *
   * @param ids a message may be named twice; those that are not being sent any more are passed over
   */
  static void reopen(Connection connection, List<OutboundId> ids) throws SQLException {
    String sql =
        """
        insert into outbound_due
          (phone, version, message_index, due_time, newest_version, newest_index, free_at)
        select distinct on (m.phone) m.phone, m.version, m.message_index, m.not_before, n.version,
          n.message_index, c.free_at
        from unnest(?::text[], ?::bigint[], ?::int[]) as u (phone, version, message_index)
          join outbound_messages m using (phone, version, message_index)
          join sms_cursors c using (phone)
          cross join lateral (
            select x.version, x.message_index from outbound_messages x
            where x.phone = m.phone and x.version >= m.version
            order by x.version desc, x.message_index desc limit 1
          ) n
        where m.state = 'SENDING'
        order by m.phone, m.version, m.message_index
        on conflict (phone) do update set version = excluded.version,
          message_index = excluded.message_index, due_time = excluded.due_time
          where (outbound_due.version, outbound_due.message_index)
            > (excluded.version, excluded.message_index)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      OutboundColumns.bindIds(connection, statement, ids);
      statement.executeUpdate();
    }
  }

  /**
   * Takes in new messages. They come after all that the learner has, so they are first only where
   * there is none.
   *
   * @param added one a learner, in the order of their numbers
   * @return the learners whose new message is the first
   */
  static Set<PhoneNumber> add(Connection connection, List<Added> added) throws SQLException {
    String sql =
        """
        insert into outbound_due
          (phone, version, message_index, due_time, newest_version, newest_index, free_at)
        select u.phone, u.version, u.message_index, T u.due_ms, u.newest_version, u.newest_index,
          T u.free_ms
        from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[], ?::bigint[], ?::int[],
            ?::bigint[])
          as u (phone, version, message_index, due_ms, newest_version, newest_index, free_ms)
        on conflict (phone) do update set
          newest_version = excluded.newest_version, newest_index = excluded.newest_index
        returning phone, version, message_index
        """
            .replace("T u.", OutboundRows.TIME + "u.");
    Set<OutboundId> firsts = HashSet.newHashSet(added.size());
    added.forEach(each -> firsts.add(each.first()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, added, each -> each.first().phone().value()));
      statement.setArray(2, Columns.longs(connection, added, each -> each.first().version()));
      statement.setArray(3, Columns.longs(connection, added, each -> each.first().index()));
      statement.setArray(4, Columns.times(connection, added, Added::due));
      statement.setArray(5, Columns.longs(connection, added, each -> each.newest().version()));
      statement.setArray(6, Columns.longs(connection, added, each -> each.newest().index()));
      statement.setArray(7, Columns.times(connection, added, Added::freeAt));
      Set<PhoneNumber> first = new HashSet<>();
      for (OutboundId id : Rows.list(statement, OutboundColumns::id)) {
        if (firsts.contains(id)) {
          first.add(id.phone());
        }
      }
      return first;
    }
  }

  /**
   * Keeps the gap for a learner who may have no open message after this, so that no row here would:
   * in the cursor, unless the message went out about when it was planned to. The next one is
   * planned with the gap after that in any case.
   *
   * @param entries in the order of their ids
   */
  static void keepGap(Connection connection, List<LedgerEntry> entries, Pause pause)
      throws SQLException {
    List<LedgerEntry> sent =
        entries.stream().filter(entry -> freeAt(entry, pause) != null).toList();
    if (sent.isEmpty()) {
      return;
    }
    String sql =
        """
        update sms_cursors c set free_at = T u.free_ms
        from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[], ?::bigint[])
            as u (phone, version, message_index, free_ms, late_ms)
          join outbound_due d on d.phone = any(array[u.phone])
            and d.version = u.version and d.message_index = u.message_index
        where c.phone = u.phone and c.last_due < T u.late_ms
          and (c.free_at is null or c.free_at < T u.free_ms)
        """
            .replace("T u.", OutboundRows.TIME + "u.");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, sent, entry -> entry.id().phone().value()));
      statement.setArray(2, Columns.longs(connection, sent, entry -> entry.id().version()));
      statement.setArray(3, Columns.longs(connection, sent, entry -> entry.id().index()));
      statement.setArray(4, Columns.times(connection, sent, entry -> freeAt(entry, pause)));
      statement.setArray(5, Columns.times(connection, sent, entry -> late(entry, pause)));
      statement.executeUpdate();
    }
  }

  /**
   * Keeps the gap after messages that had no row here: for what is queued behind them, and in the
   * cursor as {@link #keepGap} does. The cursor comes first: who queues at this moment holds it,
   * and what that one has queued is seen only by a statement that begins after the wait.
   *
   * @param entries may be several of a learner, of whom the last one counts
   */
  static void keepGapAfterClaims(Connection connection, List<LedgerEntry> entries, Pause pause)
      throws SQLException {
    List<LedgerEntry> sent =
        entries.stream().filter(entry -> freeAt(entry, pause) != null).toList();
    if (sent.isEmpty()) {
      return;
    }
    String sql =
        """
        update sms_cursors c set free_at = T u.free_ms
        from (
          select phone, max(free_ms) as free_ms, max(late_ms) as late_ms
          from unnest(?::text[], ?::bigint[], ?::bigint[]) as e (phone, free_ms, late_ms)
          group by phone order by phone
        ) u
        where c.phone = u.phone and c.last_due < T u.late_ms
          and (c.free_at is null or c.free_at < T u.free_ms);
        update outbound_due d
        set free_at = T u.free_ms, due_time = greatest(d.due_time, T u.free_ms)
        from (
          select phone, max(free_ms) as free_ms
          from unnest(?::text[], ?::bigint[]) as e (phone, free_ms)
          group by phone order by phone
        ) u
        where d.phone = any(array[u.phone]) and (d.free_at is null or d.free_at < T u.free_ms)
        """
            .replace("T u.", OutboundRows.TIME + "u.");
    Array phones = Columns.texts(connection, sent, entry -> entry.id().phone().value());
    Array freeAt = Columns.times(connection, sent, entry -> freeAt(entry, pause));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, phones);
      statement.setArray(2, freeAt);
      statement.setArray(3, Columns.times(connection, sent, entry -> late(entry, pause)));
      statement.setArray(4, phones);
      statement.setArray(5, freeAt);
      statement.executeUpdate();
    }
  }

  /**
   * When the learner's next message may follow.
   *
   * @return null for at any time: there is no gap, or the provider does not have this message
   */
  private static @Nullable Instant freeAt(LedgerEntry entry, Pause pause) {
    boolean isWithProvider =
        switch (entry.state()) {
          case Queued queued -> false;
          case Sending sending -> false;
          case Sent sent -> true;
          case Delivered delivered -> true;
          case Failed failed -> failed.sid() != null;
          case Parked parked -> parked.attempts() > 0;
        };
    return isWithProvider && !pause.usual().isZero()
        ? entry.updatedTime().plus(pause.after(entry.message()))
        : null;
  }

  /** A cursor that counts on an earlier moment does not know how late the message went out. */
  private static Instant late(LedgerEntry entry, Pause pause) {
    return entry
        .updatedTime()
        .plus(pause.extraAfter(entry.message()))
        .minus(pause.usual().dividedBy(LATE));
  }

  /**
   * Finds the first open message of each learner again, after what was written. A message that is
   * being sent while its learner has no row stands in a group, and is passed over.
   *
   * @param pause between two messages of one learner
   */
  static void find(Connection connection, List<Written> written, Pause pause) throws SQLException {
    List<LedgerEntry> left =
        written.stream().filter(each -> !each.settled()).map(Written::entry).toList();
    for (int round = 0; !left.isEmpty(); round++) {
      if (round == MOST_ROUNDS) {
        throw new StorageException("messages were queued faster than one could end");
      }
      Set<PhoneNumber> again = findOnce(connection, left, pause);
      left = left.stream().filter(entry -> again.contains(entry.id().phone())).toList();
    }
  }

  /**
   * Each change is made only where the row is still the one that was looked at.
   *
   * @return the learners whose row changed meanwhile
   */
  private static Set<PhoneNumber> findOnce(
      Connection connection, List<LedgerEntry> entries, Pause pause) throws SQLException {
    String sql =
        """
        with learners as (
          select u.phone, min(u.version) as version, d.phone is not null as has_row,
            d.version as old_version, d.message_index as old_index, d.due_time as old_due_time,
            d.newest_version, d.newest_index,
            -- Only what was the first one until now begins a gap; a report comes later.
            greatest(d.free_at, max(T u.free_ms) filter (
              where u.version = d.version and u.message_index = d.message_index)) as free_at
          from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[])
              as u (phone, version, message_index, free_ms)
            left join outbound_due d on d.phone = any(array[u.phone])
          group by u.phone, d.phone
        ), heads as (
          select l.*, h.version as new_version, h.message_index as new_index, h.due_time
          from learners l
            left join lateral (
              select m.version, m.message_index,
                case when m.state = 'QUEUED' then greatest(m.not_before, l.free_at)
                  else m.not_before end as due_time
              from outbound_messages m
              where m.phone = l.phone and m.version >= least(l.version, l.old_version)
                and m.state in ('QUEUED', 'SENDING') and (l.has_row or m.state = 'QUEUED')
              order by m.version, m.message_index limit 1
            ) h on true
          where (l.old_version, l.old_index, l.old_due_time)
            is distinct from (h.version, h.message_index, h.due_time)
        ), ended as (
          delete from outbound_due d using heads h
          where h.new_version is null and d.phone = any(array[h.phone]) and d.version = h.old_version
            and d.message_index = h.old_index and d.newest_version = h.newest_version
            and d.newest_index = h.newest_index
          returning d.phone
        ), moved as (
          update outbound_due d set version = h.new_version, message_index = h.new_index,
            due_time = h.due_time, free_at = h.free_at
          from heads h
          where h.new_version is not null and d.phone = any(array[h.phone]) and d.version = h.old_version
            and d.message_index = h.old_index
          returning d.phone
        ), added as (
          insert into outbound_due
            (phone, version, message_index, due_time, newest_version, newest_index, free_at)
          -- There was nothing open, so the end of the last gap is known to the cursor only.
          select h.phone, h.new_version, h.new_index,
            greatest(h.due_time, c.free_at, case when c.last_due <= h.due_time
              then c.last_due + ? * interval '1 millisecond' end),
            n.version, n.message_index, c.free_at
          from heads h join sms_cursors c using (phone) cross join lateral (
            select m.version, m.message_index from outbound_messages m
            where m.phone = h.phone and m.version >= h.new_version
            order by m.version desc, m.message_index desc limit 1
          ) n
          where not h.has_row
          on conflict (phone) do nothing
          returning phone
        )
        select phone, false from heads
        union all select phone, true from ended
        union all select phone, true from moved
        union all select phone, true from added
        """
            .replace("T u.", OutboundRows.TIME + "u.");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1, Columns.texts(connection, entries, entry -> entry.id().phone().value()));
      statement.setArray(2, Columns.longs(connection, entries, entry -> entry.id().version()));
      statement.setArray(3, Columns.longs(connection, entries, entry -> entry.id().index()));
      statement.setArray(4, Columns.times(connection, entries, entry -> freeAt(entry, pause)));
      statement.setLong(5, pause.usual().toMillis());
      return notDone(statement);
    }
  }

  /** Looks at these again later. */
  static void putOff(Connection connection, List<OutboundId> ids, Instant until)
      throws SQLException {
    String sql =
        """
        update outbound_due d set due_time = T ?
        from unnest(?::text[], ?::bigint[], ?::int[]) as u (phone, version, message_index)
        where d.phone = any(array[u.phone]) and d.version = u.version
          and d.message_index = u.message_index
        """
            .replace("T ?", MOMENT);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, until.toEpochMilli());
      bind(connection, statement, 2, ids);
      statement.executeUpdate();
    }
  }

  /** Binds ids as three arrays, from this parameter on: number, version, index. */
  private static void bind(
      Connection connection, PreparedStatement statement, int from, List<OutboundId> ids)
      throws SQLException {
    statement.setArray(from, Columns.texts(connection, ids, id -> id.phone().value()));
    statement.setArray(from + 1, Columns.longs(connection, ids, OutboundId::version));
    statement.setArray(from + 2, Columns.longs(connection, ids, id -> (long) id.index()));
  }

  /** Makes due what is being sent in an earlier epoch. */
  static void takeOver(Connection connection, long epoch, Instant now) throws SQLException {
    String sql =
        """
        with asked as (
          update outbound_messages m set not_before = c.now
          from (select T ? as now) c cross join outbound_due d
          where d.due_time > c.now and m.phone = any(array[d.phone]) and m.version = d.version
            and m.message_index = d.message_index and m.state = 'SENDING' and m.epoch < ?
          returning m.phone, m.not_before
        )
        update outbound_due d set due_time = a.not_before
        from asked a where d.phone = any(array[a.phone])
        """
            .replace("T ?", MOMENT);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, now.toEpochMilli());
      statement.setLong(2, epoch);
      statement.executeUpdate();
    }
  }

  /**
   * Counts the waits of open messages from now where they began in the time to come.
   *
   * @param claimed messages that are being sent and have no row here
   */
  static void countAnew(Connection connection, List<OutboundId> claimed, Instant now, Pause pause)
      throws SQLException {
    String sql =
        """
        update outbound_messages m
        set not_before = c.now + (m.not_before - m.updated_time), updated_time = c.now
        from (select T ? as now) c cross join outbound_due d
        where m.phone = any(array[d.phone]) and m.version >= d.version
          and m.state in ('QUEUED', 'SENDING') and m.updated_time > c.now;
        update outbound_messages m
        set not_before = c.now + (m.not_before - m.updated_time), updated_time = c.now
        from (select T ? as now) c
          cross join unnest(?::text[], ?::bigint[], ?::int[]) as u (phone, version, message_index)
        where m.phone = any(array[u.phone]) and m.version = u.version
          and m.message_index = u.message_index
          and m.state = 'SENDING' and m.updated_time > c.now;
        update outbound_due d
        set
          due_time = least(d.due_time, greatest(m.not_before,
            case when d.free_at > c.longest then c.longest else d.free_at end)),
          free_at = case when d.free_at > c.longest then c.longest else d.free_at end
        from (select T ? as now, T ? as longest) c cross join outbound_messages m
        where d.due_time > c.now and m.phone = any(array[d.phone]) and m.version = d.version
          and m.message_index = d.message_index
        """
            .replace("T ?", MOMENT);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, now.toEpochMilli());
      statement.setLong(2, now.toEpochMilli());
      bind(connection, statement, 3, claimed);
      statement.setLong(6, now.toEpochMilli());
      statement.setLong(7, now.plus(pause.longest()).toEpochMilli());
      statement.execute();
    }
  }

  private static Set<PhoneNumber> notDone(PreparedStatement statement) throws SQLException {
    Set<PhoneNumber> open = new HashSet<>();
    Set<PhoneNumber> done = new HashSet<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        var phone = new PhoneNumber(row.getString(1));
        if (row.getBoolean(2)) {
          done.add(phone);
        } else {
          open.add(phone);
        }
      }
    }
    open.removeAll(done);
    return open;
  }
}

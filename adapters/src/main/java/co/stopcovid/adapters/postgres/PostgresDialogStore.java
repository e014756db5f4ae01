package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.DialogStateCodec;
import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.MissingDrillVersionException;
import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dialogs in the tables {@code dialog_states} and {@code event_batches}. The batches' positions in
 * the feed are given under a row lock that is held until the commit, so that those who read the
 * feed never see a higher position before a lower one.
 */
public final class PostgresDialogStore implements DialogStore, EventHistory {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDialogStore.class);

  private final Database database;
  private final DrillVersions drillVersions;
  private final EventTail tail;

  public PostgresDialogStore(Database database, DrillVersions drillVersions) {
    this(database, drillVersions, new EventTail());
  }

  /**
   * @param tail gets what is committed, for the {@link PostgresEventFeed} of this process
   */
  public PostgresDialogStore(Database database, DrillVersions drillVersions, EventTail tail) {
    this.database = database;
    this.drillVersions = drillVersions;
    this.tail = tail;
  }

  @Override
  public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, DialogState> states = HashMap.newHashMap(phones.size());
    if (phones.isEmpty()) {
      return states;
    }
    phones.forEach(phone -> states.put(phone, DialogState.initial(phone)));
    Map<PhoneNumber, String> stored =
        database.read(handle -> selectStates(handle.getConnection(), phones));
    var versions = new DrillVersionLookup(drillVersions);
    stored.forEach(
        (phone, json) -> {
          try {
            states.put(phone, DialogStateCodec.decode(json, versions));
          } catch (MalformedJsonException | MissingDrillVersionException e) {
            LOG.error("dialog state cannot be read: phone={} reason={}", phone, e.getMessage());
            states.remove(phone);
          }
        });
    return states;
  }

  private static Map<PhoneNumber, String> selectStates(
      Connection connection, Set<PhoneNumber> phones) throws SQLException {
    String sql = "select phone, state from dialog_states where phone = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      Map<PhoneNumber, String> states = HashMap.newHashMap(phones.size());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          states.put(new PhoneNumber(rows.getString(1)), rows.getString(2));
        }
      }
      return states;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a learner stands in two commits; nothing was written then
   */
  @Override
  public Set<PhoneNumber> commit(List<DialogCommit> commits) {
    Set<PhoneNumber> conflicts = HashSet.newHashSet(commits.size());
    for (DialogCommit commit : commits) {
      if (!conflicts.add(commit.phone())) {
        throw new IllegalArgumentException("two commits of learner " + commit.phone());
      }
    }
    if (commits.isEmpty()) {
      return conflicts;
    }
    // Neighbours in the index are written after one another.
    List<DialogCommit> sorted = new ArrayList<>(commits);
    sorted.sort(Comparator.comparing(DialogCommit::phone));
    database.write(handle -> write(handle.getConnection(), sorted, conflicts));
    return conflicts;
  }

  /** Removes from the conflicts those that are written. */
  private int write(Connection connection, List<DialogCommit> commits, Set<PhoneNumber> conflicts)
      throws SQLException {
    int count = commits.stream().mapToInt(commit -> commit.batches().size()).sum();
    // First of all, because it is the lock that all who commit wait for, whomever they write.
    long position = advanceFeed(connection, count) - count;
    List<DialogCommit> first = new ArrayList<>();
    List<DialogCommit> next = new ArrayList<>();
    commits.forEach(commit -> (commit.expectedVersion() == 0 ? first : next).add(commit));
    if (!first.isEmpty()) {
      insertStates(connection, first, conflicts);
    }
    if (!next.isEmpty()) {
      updateStates(connection, next, conflicts);
    }
    List<EventBatch> batches = new ArrayList<>(count);
    for (DialogCommit commit : commits) {
      if (!conflicts.contains(commit.phone())) {
        batches.addAll(commit.batches());
      }
    }
    if (!batches.isEmpty()) {
      insertBatches(connection, position, batches);
    }
    List<Entry> entries = new ArrayList<>(batches.size());
    for (EventBatch batch : batches) {
      entries.add(PostgresEventFeed.Entry.intact(position + entries.size() + 1, batch));
    }
    database.afterCommit(() -> tail.add(position, position + count, entries));
    return batches.size();
  }

  private static long advanceFeed(Connection connection, int count) throws SQLException {
    String sql =
        "update event_feed_head set last_position = last_position + ? returning last_position";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, count);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void insertStates(
      Connection connection, List<DialogCommit> commits, Set<PhoneNumber> conflicts)
      throws SQLException {
    String sql =
        """
        insert into dialog_states (phone, version, state)
        select u.phone, u.version, convert_from(u.state, 'UTF8')
        from unnest(?::text[], ?::bigint[], ?::bytea[]) as u (phone, version, state)
        on conflict (phone) do nothing
        returning phone
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, commits, commit -> commit.phone().value()));
      statement.setArray(2, Columns.longs(connection, commits, commit -> commit.state().version()));
      statement.setArray(
          3, Columns.utf8(connection, commits, commit -> DialogStateCodec.encode(commit.state())));
      removeWritten(statement, conflicts);
    }
  }

  private static void updateStates(
      Connection connection, List<DialogCommit> commits, Set<PhoneNumber> conflicts)
      throws SQLException {
    String sql =
        """
        update dialog_states s set version = u.version, state = convert_from(u.state, 'UTF8')
        from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bytea[])
          as u (phone, expected, version, state)
        where s.phone = u.phone and s.version = u.expected
        returning s.phone
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, commits, commit -> commit.phone().value()));
      statement.setArray(2, Columns.longs(connection, commits, DialogCommit::expectedVersion));
      statement.setArray(3, Columns.longs(connection, commits, commit -> commit.state().version()));
      statement.setArray(
          4, Columns.utf8(connection, commits, commit -> DialogStateCodec.encode(commit.state())));
      removeWritten(statement, conflicts);
    }
  }

  private static void removeWritten(PreparedStatement statement, Set<PhoneNumber> conflicts)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        conflicts.remove(new PhoneNumber(rows.getString(1)));
      }
    }
  }

  private static void insertBatches(Connection connection, long position, List<EventBatch> batches)
      throws SQLException {
    String sql =
        """
        insert into event_batches (position, phone, version, payload)
        select ? + u.n, u.phone, u.version, convert_from(u.payload, 'UTF8')
        from unnest(?::text[], ?::bigint[], ?::bytea[])
          with ordinality as u (phone, version, payload, n)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, position);
      statement.setArray(2, Columns.texts(connection, batches, batch -> batch.phone().value()));
      statement.setArray(3, Columns.longs(connection, batches, EventBatch::version));
      statement.setArray(4, Columns.utf8(connection, batches, EventBatchCodec::encode));
      statement.executeUpdate();
    }
  }

  @Override
  public List<EventBatch> after(PhoneNumber phone, long version, int limit) {
    String sql =
        """
        select payload from event_batches where phone = :phone and version > :version
        order by version limit :limit
        """;
    List<String> payloads =
        database.read(
            handle ->
                handle
                    .createQuery(sql)
                    .bind("phone", phone.value())
                    .bind("version", version)
                    .bind("limit", limit)
                    .mapTo(String.class)
                    .list());
    var versions = new DrillVersionLookup(drillVersions);
    return payloads.stream().map(json -> EventBatchCodec.decode(json, versions)).toList();
  }
}

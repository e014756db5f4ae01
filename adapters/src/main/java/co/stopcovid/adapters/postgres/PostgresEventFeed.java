package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersions;
import java.sql.PreparedStatement;
import java.util.List;

/**
 * All event batches in the order of their commits. A consumer reads from its checkpoint on, and
 * saves the checkpoint in the {@link Database#unit} that holds the effect.
 */
public final class PostgresEventFeed {
  /** A batch and its place in the feed. Places rise; one may be left out. */
  public record Entry(long position, EventBatch batch) {}

  private final Database database;
  private final DrillVersions drillVersions;
  private final EventTail tail;

  public PostgresEventFeed(Database database, DrillVersions drillVersions) {
    this(database, drillVersions, new EventTail());
  }

  /**
   * @param tail filled by the {@link PostgresDialogStore} of this process
   */
  public PostgresEventFeed(Database database, DrillVersions drillVersions, EventTail tail) {
    this.database = database;
    this.drillVersions = drillVersions;
    this.tail = tail;
  }

  /**
   * Batches after a position.
   *
   * @throws co.stopcovid.adapters.json.UnknownEventTypeException when a batch was written by a
   *     newer program; it must not be passed over
   */
  public List<Entry> after(long position, int limit) {
    List<Entry> newest = tail.after(position, limit);
    if (!newest.isEmpty()) {
      return newest;
    }
    String sql =
        """
        select position, payload from event_batches where position > ? order by position limit ?
        """;
    var versions = new DrillVersionLookup(drillVersions);
    List<StoredBatch> stored =
        database.read(
            handle -> {
              try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                statement.setLong(1, position);
                statement.setInt(2, limit);
                return Rows.list(
                    statement, row -> new StoredBatch(row.getLong(1), row.getString(2)));
              }
            });
    return stored.stream()
        .map(row -> new Entry(row.position(), EventBatchCodec.decode(row.payload(), versions)))
        .toList();
  }

  private record StoredBatch(long position, String payload) {}

  /** The position that was given last; 0 when there was none. */
  public long lastPosition() {
    return database.read(
        handle ->
            handle
                .createQuery("select last_position from event_feed_head")
                .mapTo(Long.class)
                .one());
  }
}

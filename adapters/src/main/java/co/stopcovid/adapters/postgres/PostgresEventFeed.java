package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.MissingDrillVersionException;
import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.running.EventPage;
import java.sql.PreparedStatement;
import java.util.List;

/**
 * All event batches in the order of their commits. A consumer reads from its checkpoint on, and
 * saves the checkpoint in the {@link Database#unit} that holds the effect.
 */
public final class PostgresEventFeed {
  /** What stands at a place of the feed. Places rise; one may be left out. */
  public record Entry(long position, EventPage.Entry entry) {
    static Entry intact(long position, EventBatch batch) {
      return new Entry(position, new EventPage.Entry.Intact(Long.toString(position), batch));
    }
  }

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
   * What follows a position.
   *
   * @throws co.stopcovid.adapters.json.UnknownEventTypeException when a batch was written by a
   *     newer program; it must not be passed over
   * @throws DatabaseWentBackException when the feed ends before that position
   */
  public List<Entry> after(long position, int limit) {
    List<Entry> newest = tail.after(position, limit);
    if (!newest.isEmpty()) {
      return newest;
    }
    long end = lastPosition();
    if (end < position) {
      throw database.reversals().found(PositionLog.EVENTS, end + 1, position);
    }
    if (end == position) {
      return List.of();
    }
    String sql =
        """
        select position, phone, version, payload from event_batches
        where position > ? order by position limit ?
        """;
    var versions = new DrillVersionLookup(drillVersions);
    List<StoredBatch> stored =
        database.read(
            handle -> {
              try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                statement.setLong(1, position);
                statement.setInt(2, limit);
                return Rows.list(
                    statement,
                    row ->
                        new StoredBatch(
                            row.getLong(1),
                            new PhoneNumber(row.getString(2)),
                            row.getLong(3),
                            row.getString(4)));
              }
            });
    return stored.stream().map(row -> decode(row, versions)).toList();
  }

  private static Entry decode(StoredBatch row, DrillVersionLookup versions) {
    try {
      return Entry.intact(row.position(), EventBatchCodec.decode(row.payload(), versions));
    } catch (UnknownEventTypeException e) {
      throw e;
    } catch (MalformedJsonException | MissingDrillVersionException e) {
      String reason = String.valueOf(e.getMessage());
      return new Entry(
          row.position(),
          new EventPage.Entry.Unreadable(
              Long.toString(row.position()), row.phone(), row.payload(), reason));
    }
  }

  private record StoredBatch(long position, PhoneNumber phone, long version, String payload) {}

  /** The position that was given last; 0 when there was none. */
  public long lastPosition() {
    return database.read(
        handle ->
            handle
                .createQuery("select last_position from event_feed_head where only_row")
                .mapTo(Long.class)
                .one());
  }
}

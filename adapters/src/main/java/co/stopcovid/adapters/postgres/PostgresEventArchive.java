package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.progress.EventArchive;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code event_batches}, by learner. */
public final class PostgresEventArchive implements EventArchive {
  private final Database database;
  private final DrillVersions drillVersions;

  public PostgresEventArchive(Database database, DrillVersions drillVersions) {
    this.database = database;
    this.drillVersions = drillVersions;
  }

  @Override
  public List<EventBatch> page(@Nullable Position after, int limit) {
    String sql =
        """
        select payload from event_batches where (phone, version) > (?, ?)
        order by phone, version limit ?
        """;
    List<String> payloads =
        database.read(
            handle -> {
              try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                statement.setString(1, after == null ? "" : after.phone().value());
                statement.setLong(2, after == null ? 0 : after.version());
                statement.setInt(3, limit);
                List<String> rows = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                  while (row.next()) {
                    rows.add(row.getString(1));
                  }
                }
                return rows;
              }
            });
    var versions = new DrillVersionLookup(drillVersions);
    return payloads.stream().map(json -> EventBatchCodec.decode(json, versions)).toList();
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.DrillVersionCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.drills.LanguageTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drill versions in the table {@code drill_versions}, the most used ones in memory too. They are
 * stored at once, whatever becomes of the unit of work under way: they never change.
 */
public final class PostgresDrillVersions implements DrillVersions {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDrillVersions.class);
  private static final int MOST_IN_MEMORY = 500;

  private final Database database;
  private final LanguageTables tables;
  private final Map<String, DrillVersion> stored =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, DrillVersion> eldest) {
              return size() > MOST_IN_MEMORY;
            }
          });

  public PostgresDrillVersions(Database database, LanguageTables tables) {
    this.database = database;
    this.tables = tables;
    // Another database may be behind the next connection, without them.
    database.reversals().whenFailed(stored::clear);
  }

  @Override
  public void put(Collection<DrillVersion> versions) {
    Map<String, DrillVersion> missing = new HashMap<>();
    for (DrillVersion version : versions) {
      if (stored.get(version.id()) == null) {
        missing.put(version.id(), version);
      }
    }
    if (!missing.isEmpty()) {
      database.writeApart(handle -> insert(handle.getConnection(), missing));
      stored.putAll(missing);
    }
  }

  /** In the order of their ids, so that two who store the same ones do not block each other. */
  private static int insert(Connection connection, Map<String, DrillVersion> versions)
      throws SQLException {
    String sql =
        """
        insert into drill_versions (id, slug, content)
        select u.id, u.slug, convert_from(u.content, 'UTF8')
        from unnest(?::text[], ?::text[], ?::bytea[]) as u (id, slug, content)
        order by u.id
        on conflict (id) do nothing
        """;
    List<DrillVersion> rows = new ArrayList<>(versions.values());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, rows, DrillVersion::id));
      statement.setArray(2, Columns.texts(connection, rows, version -> version.slug().value()));
      statement.setArray(3, Columns.utf8(connection, rows, DrillVersionCodec::encode));
      return statement.executeUpdate();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>One that is stored but cannot be read is logged and left out as well.
   */
  @Override
  public Map<String, DrillVersion> get(Set<String> ids) {
    Map<String, DrillVersion> found = new HashMap<>();
    Set<String> missing = new HashSet<>();
    for (String id : ids) {
      DrillVersion version = stored.get(id);
      if (version == null) {
        missing.add(id);
      } else {
        found.put(id, version);
      }
    }
    if (!missing.isEmpty()) {
      Map<String, String> contents =
          database.read(handle -> select(handle.getConnection(), missing));
      contents.forEach((id, content) -> decode(id, content, found));
    }
    return found;
  }

  private static Map<String, String> select(Connection connection, Set<String> ids)
      throws SQLException {
    String sql = "select id, content from drill_versions where id = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, ids, id -> id));
      Map<String, String> contents = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          contents.put(rows.getString(1), rows.getString(2));
        }
      }
      return contents;
    }
  }

  private void decode(String id, String content, Map<String, DrillVersion> found) {
    try {
      DrillVersion version = DrillVersionCodec.decode(content, tables);
      stored.put(id, version);
      found.put(id, version);
    } catch (MalformedJsonException e) {
      LOG.error("drill version cannot be read: id={} reason={}", id, e.getMessage());
    }
  }
}

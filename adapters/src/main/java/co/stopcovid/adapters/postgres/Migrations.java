package co.stopcovid.adapters.postgres;

import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database into the shape that this program needs, or says why it cannot. */
public final class Migrations {
  private static final int OLDEST_SERVER = 15;

  /** A migration may take long; while it waits for a lock, others wait behind it. */
  private static final String PATIENT = "-c statement_timeout=0 -c lock_timeout=60s";

  private Migrations() {}

  /**
   * Checks that the server keeps what it committed, whatever happens to the machine, and that it is
   * not too old.
   *
   * @throws UnfitDatabaseException when it is not fit; the message says what to change
   */
  public static void check(Database database) {
    Map<String, String> settings = new TreeMap<>();
    String sql =
        """
        select name, setting from pg_settings
        where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version_num')
        """;
    database.read(
        handle ->
            handle
                .createQuery(sql)
                .map((row, context) -> settings.put(row.getString(1), row.getString(2)))
                .list());
    int version = Integer.parseInt(settings.getOrDefault("server_version_num", "0")) / 10_000;
    if (version < OLDEST_SERVER) {
      throw new UnfitDatabaseException(
          "the PostgreSQL is version %d, but must be %d or later"
              .formatted(version, OLDEST_SERVER));
    }
    settings.forEach(
        (name, setting) -> {
          if (setting.equals("off")) {
            throw new UnfitDatabaseException(
                "the PostgreSQL runs with %1$s=off and could lose learners' messages: set %1$s=on"
                    .formatted(name));
          }
        });
  }

  /**
   * Runs the migrations that are missing, on a connection of its own without time limits.
   *
   * @throws UnfitDatabaseException when one fails, or the database is of a newer program
   */
  public static void migrate(DatabaseUrl url) {
    try {
      Flyway.configure()
          .dataSource(url.jdbc(), url.user(), url.password())
          .jdbcProperties(Map.of("options", PATIENT))
          .locations("classpath:db/migration")
          .validateMigrationNaming(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new UnfitDatabaseException("the database cannot be migrated: " + e.getMessage(), e);
    }
  }
}

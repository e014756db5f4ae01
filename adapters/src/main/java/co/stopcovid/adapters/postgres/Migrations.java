package co.stopcovid.adapters.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Brings a database into the shape that this program needs, or says why it cannot. */
public final class Migrations {
  private static final int OLDEST_SERVER = 15;
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** Flyway uses two: one migrates, one keeps others out. */
  private static final int MOST_CONNECTIONS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * A migration may take long, and Flyway's transaction that keeps others out idles meanwhile.
   * While a migration waits for a lock, others wait behind it.
   */
  private static final String PATIENT =
      "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;"
          + " set lock_timeout = '60s'";

  private static final String LATEST = "latest";

  private Migrations() {}

  /**
   * Checks that the server keeps what it committed, whatever happens to the machine, and that it is
   * not too old. Amazon Aurora has neither files to flush nor pages that could be half written: of
   * it only synchronous commit is asked.
   *
   * @throws UnfitDatabaseException when it is not fit; the message says what to change
   */
  public static void check(Database database) {
    Map<String, String> settings = new TreeMap<>();
    String sql =
        """
        select name, setting from pg_settings
        where name in ('synchronous_commit', 'server_version_num')
          or name in ('fsync', 'full_page_writes')
            and not exists (select from pg_proc where proname = 'aurora_version')
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
   * @throws StorageException when the role has not the rights
   */
  public static void migrate(DatabaseUrl url) {
    migrate(url, LATEST);
  }

  /**
   * Refuses a database that a newer program has migrated; changes nothing.
   *
   * @param connections at least two
   * @throws UnfitDatabaseException when it is; the message says what to do
   * @throws StorageException when the database fails
   */
  public static void checkKnown(DataSource connections) {
    try {
      checkKnown(flyway(connections).load(), LATEST);
    } catch (FlywayException e) {
      SQLException failed = cause(e);
      throw failed == null
          ? new StorageException("the version of the tables cannot be read", e)
          : new StorageException("the version of the tables cannot be read", failed);
    }
  }

  private static FluentConfiguration flyway(DataSource connections) {
    return Flyway.configure()
        .dataSource(connections)
        .locations("classpath:db/migration")
        .validateMigrationNaming(true);
  }

  /** Migrates up to a version, for data that are of that version. */
  static void migrate(DatabaseUrl url, String target) {
    var settings = new HikariConfig();
    settings.setJdbcUrl(url.jdbc());
    settings.setUsername(url.user());
    settings.setPassword(url.password());
    settings.setMaximumPoolSize(MOST_CONNECTIONS);
    settings.setMinimumIdle(0);
    settings.setInitializationFailTimeout(-1);
    settings.setConnectionTimeout(PATIENCE.toMillis());
    // Not as options of the connection, which proxies refuse.
    settings.setConnectionInitSql(PATIENT);
    try (var connections = new HikariDataSource(settings)) {
      FluentConfiguration flyway = flyway(connections);
      checkKnown(flyway.load(), target);
      flyway.target(target).load().migrate();
    } catch (FlywayException e) {
      SQLException refused = cause(e);
      if (refused != null && INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
        throw new StorageException("the role may not migrate the database", refused);
      }
      throw new UnfitDatabaseException("the database cannot be migrated: " + e.getMessage(), e);
    }
  }

  /**
   * A newer program has made tables that this one would read and write as they were before.
   *
   * @param target the version that is wanted; "latest" for the newest
   */
  private static void checkKnown(Flyway flyway, String target) {
    MigrationInfo[] all = flyway.info().all();
    String newest = newest(all, MigrationState::isResolved);
    String applied = newest(all, MigrationState::isApplied);
    if (CopyManifest.BY_VERSION.compare(applied, newest) > 0) {
      throw new UnfitDatabaseException(
          "the database is of a newer program: its tables are of version %s, and this program knows up to %s; start the newer program, or restore a copy from before the update"
              .formatted(applied, newest));
    }
    if (!target.equals(LATEST) && CopyManifest.BY_VERSION.compare(target, newest) > 0) {
      throw new UnfitDatabaseException(
          "the copy is of a newer program: its tables are of version %s, and this program knows up to %s"
              .formatted(target, newest));
    }
  }

  private static String newest(MigrationInfo[] all, Predicate<MigrationState> which) {
    return Arrays.stream(all)
        .filter(info -> info.getVersion() != null && which.test(info.getState()))
        .map(info -> info.getVersion().getVersion())
        .max(CopyManifest.BY_VERSION)
        .orElse("0");
  }

  private static @Nullable SQLException cause(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}

package co.stopcovid.adapters.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;

/** The pool of connections to one PostgreSQL. Everything that can hang has a limit. */
public final class Connections {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /**
   * A transaction that stalls in the middle, along with its process, must not keep its locks: a
   * standby waits for them before it takes over.
   */
  private static final String LIMITS =
      "set statement_timeout = '30s'; set lock_timeout = '10s';"
          + " set idle_in_transaction_session_timeout = '5s'";

  /**
   * All statements take a bounded number of rows by key, however large the tables are. Without
   * these, a plan made while a table was small reads all of it, and is kept while the table grows.
   */
  private static final String PLANS =
      "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

  private Connections() {}

  /**
   * Opens a pool; it connects when it is first used.
   *
   * @param url as {@link DatabaseUrl#jdbc} makes it
   */
  public static HikariDataSource open(DatabaseUrl url, int size) {
    HikariConfig config = config(url, size);
    config.setConnectionInitSql(LIMITS + "; " + PLANS);
    return new HikariDataSource(config);
  }

  /**
   * Opens a pool behind a proxy that shares its connections among many processes, which it can only
   * while no session has settings of its own: they are the role's, see {@link #settle}.
   *
   * @param login asked for each new connection, since passwords change
   */
  public static HikariDataSource openBehindProxy(
      String jdbc, int size, Supplier<DatabaseUrl> login) {
    HikariConfig config = config(new DatabaseUrl(jdbc, null, null), size);
    config.setCredentialsProvider(
        () -> {
          DatabaseUrl current = login.get();
          return Credentials.of(current.user(), current.password());
        });
    return new HikariDataSource(config);
  }

  /** Makes the limits settings of this role in this database, for connections behind a proxy. */
  public static void settle(Database database) {
    database.write(
        handle -> {
          String self = handle.createQuery("select current_user").mapTo(String.class).one();
          settle(handle.getConnection(), self);
          return 1;
        });
  }

  /** The same of another role. */
  static void settle(Connection connection, String role) throws SQLException {
    String sql =
        """
        select format('alter role %I in database %I set %s', ?::text, current_database(), setting)
        from unnest(array[
          'statement_timeout = ''30s''', 'lock_timeout = ''10s''',
          'idle_in_transaction_session_timeout = ''5s''',
          'enable_seqscan = off', 'enable_hashjoin = off', 'enable_mergejoin = off']) as setting
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, role);
      for (String change : Rows.list(statement, row -> row.getString(1))) {
        try (Statement alter = connection.createStatement()) {
          alter.execute(change);
        }
      }
    }
  }

  private static HikariConfig config(DatabaseUrl url, int size) {
    var config = new HikariConfig();
    config.setPoolName("postgres");
    config.setJdbcUrl(url.jdbc());
    if (url.user() != null) {
      config.setUsername(url.user());
    }
    if (url.password() != null) {
      config.setPassword(url.password());
    }
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT.toMillis());
    config.setInitializationFailTimeout(-1);
    // A fence that waited for the lease must see who holds it now, whatever the server's default
    // is.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.addDataSourceProperty("ApplicationName", "dialog-engine");
    config.addDataSourceProperty("connectTimeout", CONNECT.toSeconds());
    config.addDataSourceProperty("socketTimeout", 60);
    config.addDataSourceProperty("tcpKeepAlive", true);
    // A detail such as "Key (phone)=(+1…) already exists" would carry private data into logs.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.testkit.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;

/** A migrated database of its own on the tests' PostgreSQL. */
final class TestDatabase implements AutoCloseable {
  private static final int CONNECTIONS = 8;

  final String url;
  final HikariDataSource connections;
  final Database database;

  TestDatabase() {
    url = PostgresServer.newDatabase("dialog", TestDatabase::migrate);
    connections = Connections.open(DatabaseUrl.parse(url), CONNECTIONS);
    database = new Database(connections);
  }

  private static void migrate(String url) {
    Migrations.migrate(DatabaseUrl.parse(url));
  }

  /** The same data as another process sees it. */
  Database second() {
    return new Database(connections);
  }

  void execute(String sql) {
    database.write(handle -> handle.execute(sql));
  }

  @Override
  public void close() {
    connections.close();
  }
}

package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  /** What sessions behind a proxy begin with, and so short that no migration could keep to it. */
  private static final List<String> LIMITS =
      List.of("statement_timeout = '1ms'", "idle_in_transaction_session_timeout = '1ms'");

  private static final String IS_MIGRATED = "select to_regclass('outbound_messages') is not null";

  @Test
  void limitsOfTheDatabaseDoNotCutAMigrationOff() {
    DatabaseUrl url = DatabaseUrl.parse(PostgresServer.newDatabase("empty", created -> {}));
    try (HikariDataSource connections = Connections.open(url, 1)) {
      var database = new Database(connections);
      String name = ask(database, "select current_database()", String.class);
      for (String limit : LIMITS) {
        database.write(handle -> handle.execute("alter database " + name + " set " + limit));
      }

      Migrations.migrate(url);

      assertThat(ask(database, IS_MIGRATED, Boolean.class)).isTrue();
    }
  }

  private static <T> T ask(Database database, String sql, Class<T> type) {
    return database.read(handle -> handle.createQuery(sql).mapTo(type).one());
  }
}

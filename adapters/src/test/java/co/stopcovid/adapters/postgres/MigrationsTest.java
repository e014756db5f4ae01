package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void anOlderProgramRefusesANewerDatabase() {
    DatabaseUrl url = DatabaseUrl.parse(PostgresServer.newDatabase("newer", created -> {}));
    Migrations.migrate(url);
    Migrations.migrate(url);
    try (HikariDataSource connections = Connections.open(url, 1)) {
      new Database(connections)
          .write(
              handle ->
                  handle.execute(
                      """
                      insert into flyway_schema_history
                        (installed_rank, version, description, type, script, installed_by,
                         execution_time, success)
                      values (1000, '99999', 'tomorrow', 'SQL', 'V99999__tomorrow.sql', 'dialog', 1, true)
                      """));
    }

    assertThatThrownBy(() -> Migrations.migrate(url))
        .isInstanceOf(UnfitDatabaseException.class)
        .hasMessageMatching(
            "the database is of a newer program: its tables are of version 99999.*");
  }

  @Test
  void whatLearnersWriteIsNotInThePlannersStatistics() {
    try (var postgres = new TestDatabase()) {
      postgres.execute(
          """
          insert into commands (position, payload)
          select n, 'canary ' || n % 3 from generate_series(1, 100) as n
          """);
      postgres.execute(
          """
          insert into inbound_messages (phone, seq, received_time, body, media, unhandled)
          select '+12025550101', n, now(), 'canary ' || n % 3, 'canary', false
          from generate_series(1, 100) as n
          """);
      postgres.execute("analyze commands, inbound_messages");

      assertThat(samples(postgres, "tablename = 'inbound_messages'")).isPositive();
      assertThat(samples(postgres, "(most_common_vals, histogram_bounds)::text like '%canary%'"))
          .isZero();
    }
  }

  private static long samples(TestDatabase postgres, String condition) {
    String sql = "select count(*) from pg_stats where schemaname = 'public' and " + condition;
    return ask(postgres.database, sql, Long.class);
  }

  private static <T> T ask(Database database, String sql, Class<T> type) {
    return database.read(handle -> handle.createQuery(sql).mapTo(type).one());
  }
}

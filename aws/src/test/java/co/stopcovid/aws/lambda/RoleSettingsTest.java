package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.testkit.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits that belong to the role, since a proxy shares only sessions without settings. */
class RoleSettingsTest {
  private static final String LIMIT = "show statement_timeout";

  @Test
  void connectionsBehindAProxyHaveTheLimitsOfTheirRole() {
    DatabaseUrl url = DatabaseUrl.parse(PostgresServer.newDatabase("empty", created -> {}));
    assertThat(show(url)).doesNotContain("30s");
    try (HikariDataSource connections = Connections.openBehindProxy(url.jdbc(), 1, () -> url)) {
      Connections.settle(new Database(connections));
    }
    assertThat(show(url)).containsExactly("30s");
  }

  private static List<String> show(DatabaseUrl url) {
    try (HikariDataSource connections = Connections.openBehindProxy(url.jdbc(), 1, () -> url)) {
      return new Database(connections)
          .read(handle -> handle.createQuery(LIMIT).mapTo(String.class).list());
    }
  }
}

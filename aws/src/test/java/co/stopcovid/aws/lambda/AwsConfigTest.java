package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.config.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsConfigTest {
  @Test
  void whatIsMissingIsNamedWhenItIsAskedFor() {
    AwsConfig config = AwsConfig.from(Map.of("STAGE", "prod"));
    assertThat(config.tables().dialogStates()).isEqualTo("dialog-state-prod");
    assertThatThrownBy(config::commandStream)
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("COMMAND_STREAM");
    assertThatThrownBy(config::database).hasMessageContaining("DATABASE_HOST");
    assertThatThrownBy(() -> AwsConfig.from(Map.of())).hasMessageContaining("STAGE");
  }

  @Test
  void whatCannotBeIsRefusedAtOnceWithoutItsValue() {
    assertThatThrownBy(() -> AwsConfig.from(Map.of("STAGE", "Pröd")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("STAGE");
    assertThatThrownBy(
            () -> AwsConfig.from(Map.of("STAGE", "prod", "WAKE_QUEUE_URL", "secret queue")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("WAKE_QUEUE_URL")
        .hasMessageNotContaining("secret");
  }

  @Test
  void onlyADatabaseOnThisMachineIsSpokenToWithoutTls() {
    assertThat(database("proxy.example.org"))
        .isEqualTo(
            "jdbc:postgresql://proxy.example.org/dialog"
                + "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    assertThat(database("proxy.example.org:5432")).contains("sslmode=verify-full");
    assertThat(database("localhost.example.org")).contains("sslmode=verify-full");
    for (String host : new String[] {"127.0.0.1:5432", "[::1]:5432", "[::1]", "localhost"}) {
      assertThat(database(host))
          .isEqualTo("jdbc:postgresql://%s/dialog?sslmode=disable".formatted(host));
    }
  }

  private static String database(String host) {
    return AwsConfig.from(
            Map.of(
                "STAGE", "prod",
                "DATABASE_HOST", host,
                "DATABASE_NAME", "dialog",
                "DATABASE_SECRET_ARN", "arn"))
        .database()
        .jdbc();
  }
}

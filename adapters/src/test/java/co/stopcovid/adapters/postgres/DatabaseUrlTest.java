package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @Test
  void loginsStandBeforeTheHost() {
    assertThat(DatabaseUrl.parse("postgresql://ana:s%40cr+t:x@db.example:5433/d?sslmode=require"))
        .isEqualTo(
            new DatabaseUrl(
                "jdbc:postgresql://db.example:5433/d?sslmode=require", "ana", "s@cr+t:x"));
  }

  @Test
  void theFormOfJdbcIsUnderstood() {
    assertThat(DatabaseUrl.parse("jdbc:postgresql://localhost/d?user=a&password=b"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://localhost/d?user=a&password=b", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_db:5432", "db_1.some_net", "[::1]:5432", "one:5432,two:5433"})
  void namesOfHostsAreThoseOfContainersToo(String host) {
    assertThat(DatabaseUrl.parse("postgresql://ana:x@%s/d".formatted(host)).jdbc())
        .isEqualTo("jdbc:postgresql://%s/d".formatted(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret@x", "secret#x", "sec/ret", "sec?ret", "secret%", "100%secret"})
  void signsInAPasswordAreToBeEncoded(String password) {
    assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://ana:%s@h:5432/d".formatted(password)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("@ as %40, # as %23")
        .hasMessageNotContaining(password);
  }

  @Test
  void nothingSecretIsShown() {
    assertThat(DatabaseUrl.parse("postgres://ana:secret@h/d?password=secret"))
        .asString()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "mysql://h/d",
        "postgresql:///d",
        "postgresql://h",
        "postgresql://h/"
      })
  void othersAreRefusedWithoutShowingThem(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}

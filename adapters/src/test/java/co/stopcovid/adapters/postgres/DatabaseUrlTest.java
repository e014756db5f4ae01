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
        .isEqualTo(
            new DatabaseUrl(
                "jdbc:postgresql://localhost/d?user=a&password=b&sslmode=disable", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_db:5432", "db_1.some_net", "[::1]:5432", "one:5432,two:5433"})
  void namesOfHostsAreThoseOfContainersToo(String host) {
    assertThat(DatabaseUrl.parse("postgresql://ana:x@%s/d".formatted(host)).jdbc())
        .startsWith("jdbc:postgresql://%s/d?sslmode=".formatted(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:5433",
        "127.8.9.10",
        "localhost",
        "LocalHost:5432",
        "localhost.:5432",
        "db.localhost",
        "[::1]",
        "[::1]:5432",
        "[0:0:0:0:0:0:0:1]:5432",
        "[::ffff:127.0.0.1]",
        "127.0.0.1:5432,[::1]:5433,localhost"
      })
  void aDatabaseOnThisMachineIsSpokenToWithoutTls(String hosts) {
    assertThat(DatabaseUrl.parse("postgresql://ana:x@%s/d".formatted(hosts)).jdbc())
        .isEqualTo("jdbc:postgresql://%s/d?sslmode=disable".formatted(hosts));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.example:5432",
        "database",
        "10.0.0.7",
        "128.0.0.1",
        "127.0.0.1.example.org",
        "127.example.org",
        "localhost.example.org",
        "notlocalhost",
        "0.0.0.0",
        "[2001:db8::1]:5432",
        "[fe80::1]",
        "127.0.0.1:5432,db.example:5432",
        "db.example,localhost"
      })
  void everyOtherOneIsSpokenToWithTls(String hosts) {
    String url = "postgresql://ana:x@%s/d".formatted(hosts);
    String jdbc = "jdbc:postgresql://%s/d".formatted(hosts);
    assertThat(DatabaseUrl.parse(url).jdbc()).isEqualTo(jdbc + "?sslmode=require");
    assertThat(DatabaseUrl.parse(url + "?").jdbc()).isEqualTo(jdbc + "?sslmode=require");
    assertThat(DatabaseUrl.parse(url + "?sslrootcert=/etc/root.pem").jdbc())
        .isEqualTo(jdbc + "?sslrootcert=/etc/root.pem&sslmode=verify-full");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost/d?sslmode=require",
        "127.0.0.1/d?ssl=true",
        "db.example/d?sslmode=disable",
        "db.example/d?connectTimeout=3&sslmode=prefer",
        "db.example/d?ssl"
      })
  void whatTheAddressSaysOfTlsCounts(String rest) {
    assertThat(DatabaseUrl.parse("postgresql://" + rest).jdbc())
        .isEqualTo("jdbc:postgresql://" + rest);
  }

  /** The driver knows no sockets in the file system. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql:///d?host=/var/run/postgresql",
        "postgresql://%2Fvar%2Frun%2Fpostgresql/d",
        "postgresql:///var/run/postgresql/d"
      })
  void socketsInTheFileSystemAreRefused(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as postgresql://user:password@host:5432/name");
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

package co.stopcovid.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.standalone.serve.ServiceConfig;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintedCommandTest {
  private static PrintedCommand commands(Map<String, String> environment, String url) {
    return new PrintedCommand("./dialog", ServiceConfig.from(environment), URI.create(url));
  }

  @Test
  void whatIsAsUsualIsNotSaid() {
    PrintedCommand usual = commands(Map.of(), "http://127.0.0.1:8080");
    assertThat(usual.phone("+12025550123")).isEqualTo("./dialog phone +12025550123");
    assertThat(usual.manage("codes", "add", "ACME", "--company", "Acme"))
        .isEqualTo("./dialog manage codes add ACME --company Acme");
  }

  @Test
  void anotherPortAndFolderAreSaidAsAShellTakesThem() {
    PrintedCommand other =
        commands(Map.of("DIALOG_DATA_DIR", "/srv/Ana's data"), "http://127.0.0.1:9090");
    assertThat(other.phone("+12025550123"))
        .isEqualTo(
            "./dialog phone +12025550123 --url http://127.0.0.1:9090 --data '/srv/Ana'\\''s data'");
    assertThat(other.manage("codes", "list"))
        .isEqualTo("./dialog manage codes list --data '/srv/Ana'\\''s data'");
  }
}

package co.stopcovid.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A whole process, whose defaults are its own. */
class ProcessDefaultsTest {
  @Test
  void aZoneThatPostgresDoesNotKnowAndALocaleWithOtherDigitsDoNoHarm() throws Exception {
    String url =
        PostgresServer.newDatabase(
            "defaults", created -> Migrations.migrate(DatabaseUrl.parse(created)));
    var builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Duser.timezone=SystemV/YST9",
                    "-Duser.language=ar",
                    "-Duser.country=EG",
                    "-Ddialog.home=" + System.getProperty("project.root"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "manage",
                    "codes",
                    "add",
                    "ACME"))
            .redirectErrorStream(true);
    builder.environment().put("DIALOG_DATABASE_URL", url);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(said).contains("1 codes, 1 of them new or changed");
    assertThat(process.waitFor()).isZero();
  }
}

package co.stopcovid.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.standalone.http.ApiRoutes;
import co.stopcovid.standalone.http.BearerToken;
import co.stopcovid.standalone.http.api.Api;
import co.stopcovid.standalone.serve.LocalDesk;
import co.stopcovid.standalone.serve.Stores;
import co.stopcovid.testkit.Samples;
import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commands, asked of a running service. */
final class ManageOverHttpTest extends ManageTest {
  private static final String TOKEN = "a-token-for-tests-0123456789";

  private final Stores stores =
      Stores.on(database, Samples.TABLES, Duration.ofSeconds(3), () -> {});
  private final Javalin server = server();

  @TempDir private Path folder;

  private Javalin server() {
    DrillVersion drill = Samples.drill("01-soap");
    var drills =
        new PublishedDrills(List.of(drill), new EngineTexts(drill.translations(), Samples.TABLES));
    InstantSource clock = InstantSource.system();
    var desk = LocalDesk.on(stores, stores.commands(), drills, new Keywords(Samples.TABLES), clock);
    Api api = LocalDesk.api(desk, stores, drills, clock);
    var routes = new ApiRoutes(api, new BearerToken(TOKEN), (method, route, status, took) -> {});
    return Javalin.create(routes::register).start("127.0.0.1", 0);
  }

  private String address() {
    return "http://127.0.0.1:" + server.port();
  }

  @AfterEach
  void stop() {
    server.stop();
    stores.close();
  }

  @Override
  Run manage(String... arguments) {
    return dialog(Map.of(), with(arguments, "--url", address(), "--token", TOKEN));
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void theTokenMayStandInTheVariableOrInTheFolder() throws IOException {
    Files.writeString(folder.resolve("api-token"), TOKEN + "\n");
    Map<String, String> variable = Map.of("DIALOG_API_TOKEN", TOKEN);

    assertThat(dialog(variable, "codes", "list", "--url", address()).status()).isZero();
    assertThat(
            dialog(Map.of(), "codes", "list", "--url", address(), "--data", folder.toString())
                .status())
        .isZero();
  }

  @Test
  void whatIsWrongIsSaidInASentence() {
    Run wrong =
        dialog(Map.of(), "codes", "list", "--url", address(), "--token", "wrong-token-0123456789");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("does not know this token", "--token");

    Run nobody = dialog(Map.of(), "lags", "--url", "http://127.0.0.1:1", "--token", TOKEN);
    assertThat(nobody.status()).isEqualTo(1);
    assertThat(nobody.err()).contains("no service answers at http://127.0.0.1:1", "--url");

    Run noAddress = dialog(Map.of(), "lags", "--url", "nonsense", "--token", TOKEN);
    assertThat(noAddress.status()).isEqualTo(2);
    Run noToken = dialog(Map.of("DIALOG_DATA_DIR", folder.toString()), "lags", "--url", address());
    assertThat(noToken.status()).isEqualTo(2);
    assertThat(noToken.err()).contains("no token");
    Run copy = manage("backup", folder.resolve("copy").toString());
    assertThat(copy.status()).isEqualTo(2);
    assertThat(copy.err()).contains("leave --url away");
    assertThat(dialog(Map.of(), "lags", "--token", TOKEN).err()).contains("--token goes with");
  }

  @Test
  void anotherOrAnOlderServiceIsToldApart() {
    Javalin older =
        Javalin.create(
                config ->
                    new ApiRoutes(
                            new Api(List.of()),
                            new BearerToken(TOKEN),
                            (method, route, status, took) -> {})
                        .register(config))
            .start("127.0.0.1", 0);
    Javalin other =
        Javalin.create(
                config -> config.routes.get("/<rest>", context -> context.html("<p>hello</p>")))
            .start("127.0.0.1", 0);
    try {
      assertThat(lags(older).err()).contains("older than this program", "GET /lags");
      assertThat(lags(other).err()).contains("no Dialog Engine");
    } finally {
      older.stop();
      other.stop();
    }
  }

  private static Run lags(Javalin server) {
    return dialog(Map.of(), "lags", "--url", "http://127.0.0.1:" + server.port(), "--token", TOKEN);
  }
}

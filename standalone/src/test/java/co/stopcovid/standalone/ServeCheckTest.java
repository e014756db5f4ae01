package co.stopcovid.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.standalone.serve.DurablePostgres;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.FakeTwilio;
import io.javalin.Javalin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dialog serve --check}: each setting right, and each wrong in its way. */
class ServeCheckTest {
  private static final String WEBHOOK = "/webhooks/twilio";

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private final FakeTwilio twilio = new FakeTwilio(new TestClock(Samples.NOON));
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = freePort();

  /** What stands in front of the service, as a proxy or a tunnel does. */
  private final Javalin outside =
      Javalin.create(
              config ->
                  config.routes.post(
                      WEBHOOK,
                      context -> {
                        HttpResponse<String> answer =
                            client.send(
                                HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port + WEBHOOK))
                                    .POST(BodyPublishers.ofString(context.body()))
                                    .build(),
                                BodyHandlers.ofString());
                        context.status(answer.statusCode()).result(answer.body());
                      }))
          .start("127.0.0.1", 0);

  private String publicUrl() {
    return "http://127.0.0.1:" + outside.port();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void setUp() {
    environment.put("DIALOG_PORT", Integer.toString(port));
    environment.put("DIALOG_DATA_DIR", directory.resolve("data").toString());
    environment.put("DIALOG_DATABASE_URL", DurablePostgres.newDatabase());
    environment.put("DIALOG_PUBLIC_URL", publicUrl());
    environment.put("TWILIO_ACCOUNT_SID", FakeTwilio.ACCOUNT_SID);
    environment.put("TWILIO_AUTH_TOKEN", FakeTwilio.AUTH_TOKEN);
    environment.put("TWILIO_MESSAGING_SERVICE_SID", FakeTwilio.SERVICE_SID);
    environment.put("TWILIO_API_URL", twilio.url().toString());
    twilio.account("active", "Full");
    String webhook = publicUrl() + WEBHOOK + "#rc=5&rp=5xx,ct,rt";
    twilio.service(webhook, webhook, List.of("+12025550100"));
  }

  @AfterEach
  void close() {
    outside.stop();
    twilio.close();
    client.close();
  }

  private List<String> check(int status) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var streams =
        new Streams(InputStream.nullInputStream(), out, new PrintWriter(err, true, UTF_8), false);
    int actual =
        Main.run(
            new String[] {"serve", "--check"},
            environment,
            System.getProperty("project.root"),
            streams);
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(actual).as("%s%s", lines, err).isEqualTo(status);
    assertThat(err.toString(UTF_8)).isEmpty();
    return lines;
  }

  private void assertWrong(String line) {
    assertThat(check(1))
        .filteredOn(found -> !found.startsWith("ok "))
        .singleElement()
        .asString()
        .matches("wrong  " + line);
  }

  @Test
  void allIsAsItMustBe() {
    assertThat(check(0))
        .allMatch(line -> line.startsWith("ok     "))
        .anyMatch(line -> line.contains("content: 4 drills"))
        .anyMatch(line -> line.contains("provider: the account is active"))
        .anyMatch(line -> line.contains("webhook: Twilio calls " + publicUrl()))
        .anyMatch(line -> line.contains("public address: what is sent to " + publicUrl()));
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void aSettingCannotBe() {
    environment.put("DIALOG_PORT", "http");
    assertWrong("settings: DIALOG_PORT must be .*");
  }

  @Test
  void theContentIsMissing() {
    environment.put("DIALOG_CONTENT_DIR", directory.resolve("nowhere").toString());
    assertWrong("content: .*nowhere.*");
  }

  @Test
  void theDatabaseDoesNotLetUsIn() {
    environment.computeIfPresent(
        "DIALOG_DATABASE_URL", (name, url) -> url.replaceFirst("password=.*", "password=wrong"));
    assertWrong("database: .*does not take the password.*");
  }

  @Test
  void theRoleMayNotMakeTables() {
    String url = DurablePostgres.newDatabase();
    DurablePostgres.execute(url, "create role \"check-role\" login password 'open-sesame'");
    environment.put(
        "DIALOG_DATABASE_URL",
        url.replaceFirst("user=\\w+&password=.*", "user=check-role&password=open-sesame"));
    assertWrong("database: the role check-role .*grant all on schema public to \"check-role\";");
  }

  @Test
  void theTokenIsWrong() {
    environment.put("TWILIO_AUTH_TOKEN", "11111111111111111111111111111111");
    assertWrong("provider: Twilio does not know this account id with this auth token.*");
  }

  @Test
  void theAccountIsSuspended() {
    twilio.account("suspended", "Full");
    assertWrong("provider: the account is suspended.*");
  }

  @Test
  void aTrialAccountIsFineAndToldWhatItMay() {
    twilio.account("active", "Trial");
    assertThat(check(0)).anyMatch(line -> line.contains("trial: it writes to verified numbers"));
  }

  @Test
  void theProviderIsOutOfReach() {
    environment.put("TWILIO_API_URL", "http://127.0.0.1:" + freePort());
    assertWrong("provider: .* does not answer .*TWILIO_API_URL.*");
  }

  @Test
  void theMessagingServiceIsNotThere() {
    environment.put("TWILIO_MESSAGING_SERVICE_SID", "MG00000000000000000000000000000009");
    assertWrong("messaging service: .*TWILIO_MESSAGING_SERVICE_SID.*");
  }

  @Test
  void theSenderPoolIsEmpty() {
    String webhook = publicUrl() + WEBHOOK + "#rc=5&rp=5xx,ct,rt";
    twilio.service(webhook, webhook, List.of());
    assertWrong("messaging service: its sender pool is empty.*");
  }

  @Test
  void theWebhookIsAnother() {
    twilio.service("https://old.example.org" + WEBHOOK, "", List.of("+12025550100"));
    assertWrong("webhook: Twilio calls https://old.example.org.*" + publicUrl() + WEBHOOK);
  }

  @Test
  void aWebhookThatIsNotTriedAgainIsSaid() {
    twilio.service(publicUrl() + WEBHOOK, "", List.of("+12025550100"));
    assertThat(check(0)).anyMatch(line -> line.contains("#rc=5&rp=5xx,ct,rt"));
  }

  @Test
  void anotherProgramAnswersOutside() {
    Javalin other =
        Javalin.create(config -> config.routes.post(WEBHOOK, context -> context.result("hello")))
            .start("127.0.0.1", 0);
    try {
      String url = "http://127.0.0.1:" + other.port();
      environment.put("DIALOG_PUBLIC_URL", url);
      twilio.service(url + WEBHOOK + "#rc=5", url, List.of("+12025550100"));
      assertWrong("public address: .*answered by something else.*");
    } finally {
      other.stop();
    }
  }

  @Test
  void thePublicAddressIsOutOfReach() {
    String url = "http://127.0.0.1:" + freePort();
    environment.put("DIALOG_PUBLIC_URL", url);
    twilio.service(url + WEBHOOK + "#rc=5", url, List.of("+12025550100"));
    assertWrong("public address: .*cannot be reached.*");
  }

  @Test
  void thePortIsTakenByAnotherProgram() throws IOException {
    try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertWrong("address: nothing can listen on 127.0.0.1 port .*");
    }
  }
}

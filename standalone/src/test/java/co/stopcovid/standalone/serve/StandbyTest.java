package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two services on one database: one works, the other stands by and takes over. */
@Order(2) // Takes long.
@Execution(ExecutionMode.CONCURRENT)
class StandbyTest {
  private static final String ANA = "+12025550101";
  private static final int LEARNERS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TAKEOVER = Duration.ofSeconds(15);
  private static final Duration SLACK = Duration.ofSeconds(5);

  @TempDir private Path directory;

  private final FakeTwilio twilio = new FakeTwilio(InstantSource.system());
  private final String database = DurablePostgres.newDatabase();
  private final HttpClient client = HttpClient.newHttpClient();
  private ServiceProcess first;
  private ServiceProcess second;
  private URI firstUrl;
  private URI secondUrl;

  @BeforeEach
  void start() throws Exception {
    first = service();
    firstUrl = first.url();
    Waiting.until("the first one works", () -> role(firstUrl).equals("leading"));
    second = service();
    secondUrl = second.url();
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    twilio.close();
  }

  private ServiceProcess service() throws Exception {
    Map<String, String> environment = ServiceUnderTest.environment(twilio, database);
    environment.put("DIALOG_DATA_DIR", directory.toString());
    return ServiceProcess.start(
        directory, environment, "--codes", Learners.codes(directory).toString());
  }

  @Test
  void theStandbyTakesMessagesInAndTakesOverFromOneThatWasKilled() throws Exception {
    assertThat(role(secondUrl)).isEqualTo("standby");
    says(secondUrl, ANA, "acme");
    assertThat(twilio.awaitTexts(ANA, 1, Waiting.PATIENCE)).hasSize(1);

    first.kill();
    says(secondUrl, ANA, "1");
    long killed = System.nanoTime();
    Waiting.until("it takes over", TAKEOVER.plus(SLACK), () -> role(secondUrl).equals("leading"));

    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(TAKEOVER);
    assertThat(twilio.awaitTexts(ANA, 3, Waiting.PATIENCE)).hasSize(3);
  }

  @Test
  void theStandbyTakesOverAtOnceFromOneThatStops() throws Exception {
    assertThat(first.terminate(Duration.ofSeconds(30))).isEqualTo(ServiceProcess.TERMINATED);
    long stopped = System.nanoTime();
    Waiting.until("it takes over", () -> role(secondUrl).equals("leading"));

    assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(5));
  }

  /** Paused with messages and transactions in its hands, and awake again with all of them. */
  @Test
  void whoWasPausedAndTakenOverFromDoesNoHarm() throws Exception {
    var webhooks = new TwilioWebhooks(twilio, ServiceUnderTest.PUBLIC, secondUrl);
    try (var learners = new Learners(twilio, webhooks, 3, 1, PATIENCE)) {
      learners.begin(LEARNERS);
      Waiting.until("messages went out", () -> twilio.messages().size() > 2 * LEARNERS);
      first.signal("STOP");
      try {
        Waiting.until(
            "it takes over", TAKEOVER.plus(SLACK), () -> role(secondUrl).equals("leading"));
        learners.begin(LEARNERS);
      } finally {
        first.signal("CONT");
      }
      Waiting.until(
          "the first one notices", () -> first.err().contains("another process has taken over"));
      learners.begin(LEARNERS);
      learners.awaitAll();
    }
    assertThat(role(firstUrl)).isEqualTo("standby");
    assertThat(role(secondUrl)).isEqualTo("leading");
    assertThat(DurablePostgres.number(DatabaseUrl.parse(database), "select max(epoch) from leases"))
        .isEqualTo(2);
    assertThat(
            DurablePostgres.number(
                DatabaseUrl.parse(database), "select count(*) from dead_letters"))
        .isZero();
  }

  private void says(URI service, String phone, String text) {
    int status =
        new TwilioWebhooks(twilio, ServiceUnderTest.PUBLIC, service)
            .receive("SM%032x".formatted(System.nanoTime()), phone, text)
            .statusCode();
    assertThat(status).isEqualTo(200);
  }

  private String role(URI service) throws Exception {
    String health =
        client
            .send(
                HttpRequest.newBuilder(URI.create(service + "/health/ready"))
                    .timeout(Waiting.PATIENCE)
                    .build(),
                BodyHandlers.ofString())
            .body();
    return health.replaceFirst(".*\"role\":\"([a-z]*)\".*", "$1");
  }
}

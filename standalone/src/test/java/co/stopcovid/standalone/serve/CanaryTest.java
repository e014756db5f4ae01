package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import co.stopcovid.testkit.twilio.FakeMessage;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.Fault;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever goes wrong, nothing that is private or secret comes into the log: words that nobody else
 * uses are sent through the service, and looked for in all that it logs at the finest level.
 */
class CanaryTest {
  private static final String PHONE = "+12025550147";
  private static final String PASSWORD = "canary-password-quail";
  private static final List<String> CANARIES =
      List.of(
          "12025550147",
          "2025550147",
          "canary-body-finch",
          "Canaryname",
          "canary-code-heron",
          "Canarycompany",
          PASSWORD,
          ServiceUnderTest.TOKEN,
          FakeTwilio.AUTH_TOKEN,
          "Hygiene course");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("co.stopcovid");
  private final Level levelBefore = own.getLevel();
  private final Recorder recorder = new Recorder();

  private final class Recorder extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      lines.add(
          "%s %s %s %s"
              .formatted(
                  event.getLoggerName(),
                  event.getThreadName(),
                  event.getFormattedMessage(),
                  event.getThrowableProxy() == null
                      ? ""
                      : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
  }

  @BeforeEach
  void listen() {
    recorder.setContext(root.getLoggerContext());
    recorder.start();
    own.setLevel(Level.TRACE);
    root.addAppender(recorder);
  }

  @AfterEach
  void unlisten() {
    root.detachAppender(recorder);
    own.setLevel(levelBefore);
  }

  @Test
  void nothingPrivateIsLogged() throws Exception {
    Map<String, String> settings =
        Map.of("DIALOG_ADMIN_PASSWORD", PASSWORD, "DIALOG_REPLIES_PER_WINDOW", "6");
    try (var service = ServiceUnderTest.start(InstantSource.system(), settings)) {
      addCode(service);
      String url = service.service.url().toString();
      var webhooks = service.webhooks;
      service.says(PHONE, "canary-body-finch");
      service.texts(PHONE, 1);
      service.says(PHONE, "canary-code-heron");
      service.texts(PHONE, 2);
      faultsAtTheProvider(service);
      whatCannotBeTakenIn(webhooks);
      strangersAtTheApi(url);
      brokenDatabase(service);
    }
    assertThat(lines).as("what is logged at all").hasSizeGreaterThan(10);
    for (String canary : CANARIES) {
      assertThat(lines.stream().filter(line -> line.contains(canary)))
          .as("lines with %s", canary)
          .isEmpty();
    }
  }

  private static void addCode(ServiceUnderTest service) throws Exception {
    int status =
        request(
            service.service.url() + "/api/v1/codes",
            "POST",
            ServiceUnderTest.TOKEN,
            """
            {"canary-code-heron":{"is_demo":false,"account_info":{"company":"Canarycompany"}}}
            """);
    assertThat(status).isLessThan(300);
  }

  /** A refusal, an answer that cannot be read, and an auto-responder's loop that is broken off. */
  private static void faultsAtTheProvider(ServiceUnderTest service) throws Exception {
    service.twilio.script(PHONE, Fault.INVALID_NUMBER, Fault.GARBLED_ANSWER, Fault.BUSY);
    service.says(PHONE, "1");
    service.says(PHONE, "Canaryname");
    service.texts(PHONE, 5);
    for (int i = 0; i < 8; i++) {
      service.says(PHONE, "canary-body-finch " + i);
    }
    service.settle();
    service.twilio.unsubscribe("+12025550148");
    service.says("+12025550148", "canary-body-finch");
    for (FakeMessage message : service.twilio.messages()) {
      service.webhooks.report(message, "undelivered", "30005");
    }
    service.says(PHONE, "stop, canary-body-finch");
    service.says(PHONE, "stop");
    service.settle();
  }

  private static void whatCannotBeTakenIn(TwilioWebhooks webhooks) {
    webhooks.receive("canary-body-finch", "canary-body-finch");
    webhooks.post(
        "/webhooks/twilio?x=canary-body-finch", "From=canary-body-finch&Body=%zz", "forged");
    webhooks.post(
        "/webhooks/twilio",
        FakeTwilio.AUTH_TOKEN,
        List.of(TwilioWebhooks.field("Body", "canary-body-finch")));
    webhooks.receive(PHONE, "canary-body-finch \u0000 \ud83d");
    webhooks.receive(PHONE, "canary-body-finch".repeat(5_000));
  }

  private static void strangersAtTheApi(String url) throws Exception {
    for (String path :
        List.of(
            "/api/v1/learners/%2B12025550147",
            "/api/v1/learners/%2B12025550147/messages",
            "/api/v1/learners?company=Canarycompany&after=canary-body-finch",
            "/api/v1/codes/canary-code-heron",
            "/api/v1/nowhere/canary-body-finch")) {
      request(url + path, "GET", "canary-body-finch", "");
      request(url + path, "GET", ServiceUnderTest.TOKEN, "");
    }
    for (String body :
        List.of(
            "canary-body-finch",
            "{\"type\":\"canary-body-finch\"}",
            "{\"type\":\"START_DRILL\",\"payload\":{\"phone_number\":\"+12025550147\",\"drill_slug\":\"no-such-drill\"}}",
            "{\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"canary-body-finch\",\"Body\":\"canary-body-finch\"}}")) {
      request(url + "/api/v1/commands", "POST", ServiceUnderTest.TOKEN, body);
      request(url + "/api/v1/codes", "POST", ServiceUnderTest.TOKEN, body);
    }
  }

  /** The transactions of each worker fail for a while, with rows of the learner at hand. */
  private void brokenDatabase(ServiceUnderTest service) throws Exception {
    for (String table :
        List.of("event_batches", "outbound_messages", "phone_numbers", "inbound_messages")) {
      service.settle();
      DurablePostgres.execute(service.url, "alter table %s rename to hidden".formatted(table));
      long before = failures();
      service.webhooks.receive(PHONE, "start");
      service.webhooks.receive(PHONE, "Canaryname");
      Waiting.until("a failure without " + table, () -> failures() > before);
      DurablePostgres.execute(service.url, "alter table hidden rename to %s".formatted(table));
    }
    service.settle();
    DurablePostgres.execute(service.url, "alter table commands rename to hidden");
    assertThat(service.webhooks.receive(PHONE, "canary-body-finch").statusCode())
        .isGreaterThanOrEqualTo(500);
    DurablePostgres.execute(service.url, "alter table hidden rename to commands");
  }

  private long failures() {
    return lines.stream().filter(line -> line.contains("failed")).count();
  }

  private static int request(String url, String method, String token, String body)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url))
                  .timeout(Duration.ofSeconds(30))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }
}

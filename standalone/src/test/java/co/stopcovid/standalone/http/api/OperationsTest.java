package co.stopcovid.standalone.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.twilio.TwilioIntake;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.standalone.http.HealthRoutes;
import co.stopcovid.standalone.http.MetricsRoute;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Health and metrics of a server with a database, which are open to anyone. */
final class OperationsTest {
  private static final String PHONE = "+12025550101";
  private static final String CANARY = "canary-7f3a";

  private final ApiServer server = new ApiServer();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> open(String path) {
    return server.send(server.request(path));
  }

  private static JsonNode consumer(HttpResponse<String> ready, String name) {
    return ApiServer.json(ready)
        .get("consumers")
        .valueStream()
        .filter(consumer -> consumer.get("consumer").stringValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itIsReadyWhileTheConsumersKeepUp() {
    HttpResponse<String> ready = open(HealthRoutes.READY);
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ApiServer.json(ready).get("status").stringValue()).isEqualTo("ready");
    assertThat(ApiServer.json(ready).get("role").stringValue()).isEqualTo("leading");

    server.leading = false;
    assertThat(ApiServer.json(open(HealthRoutes.READY)).get("role").stringValue())
        .isEqualTo("standby");
    assertThat(open(HealthRoutes.READY).statusCode()).isEqualTo(200);
  }

  /** As some balancers ask. */
  @Test
  void whoAsksForTheHeadGetsTheSameStatus() {
    for (String path : List.of(HealthRoutes.READY, HealthRoutes.LIVE)) {
      HttpResponse<String> head = server.send(server.request(path).HEAD());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void aConsumerThatIsTooFarBehindMakesItNotReady() {
    server.clock.set(Instant.now());
    server.post(
        "/commands",
        "{\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"%s\",\"Body\":\"b\"}}".formatted(PHONE));
    HttpResponse<String> soon = open(HealthRoutes.READY);
    assertThat(soon.statusCode()).isEqualTo(200);
    assertThat(consumer(soon, "dialog").get("behind").intValue()).isEqualTo(1);

    server.clock.advance(ApiServer.MOST_LAG.plusSeconds(5));
    HttpResponse<String> late = open(HealthRoutes.READY);
    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(consumer(late, "dialog").get("lag_seconds").intValue()).isGreaterThan(60);

    server.work();
    HttpResponse<String> done = open(HealthRoutes.READY);
    assertThat(consumer(done, "dialog").get("behind").intValue()).isZero();
    // Nobody follows the feed here, so the batch of the failed registration waits.
    assertThat(consumer(done, "progress").get("behind").intValue()).isEqualTo(1);
  }

  @Test
  void withoutDatabaseItLivesButIsNotReady() {
    server.loseDatabase();

    assertThat(open(HealthRoutes.LIVE).statusCode()).isEqualTo(200);
    HttpResponse<String> ready = open(HealthRoutes.READY);
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ApiServer.json(ready).get("database").stringValue()).isEqualTo("out of reach");
    assertThat(open(MetricsRoute.PATH).body())
        .contains("dialog_database_up 0.0")
        .contains("dialog_dead_letters NaN");
  }

  @Test
  void whatHappensIsCountedAndNamesNobody() {
    server.codes.put(
        Map.of(
            new RegistrationCode(CANARY),
            new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", CANARY)))));
    // Not by the API, which refuses to start a drill for a number that is not registered.
    server.log.append(
        List.of(
            new NewCommand(
                new DialogCommand.StartDrill(new PhoneNumber(PHONE), new DrillSlug("01-soap")))));
    server.work();
    server.sms(PHONE, CANARY);
    server.sms(PHONE, CANARY + " is nothing");
    server.get("/learners/" + PHONE);
    server.get("/" + CANARY);

    HttpResponse<String> metrics = open(MetricsRoute.PATH);
    assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(metrics.body())
        .contains("dialog_commands_total{outcome=\"committed\",type=\"INBOUND_SMS\"} 1.0")
        .contains("dialog_events_total{type=\"USER_VALIDATED\"} 1.0")
        .contains(
            "dialog_commands_without_events_total{reason=\"NOT_VALIDATED\",type=\"START_DRILL\"} 1")
        .contains("dialog_inbound_unhandled 1.0")
        .contains("dialog_database_up 1.0")
        .contains("dialog_leading 1.0")
        .contains("dialog_commands_appending 0.0")
        .contains("dialog_consumer_lag{consumer=\"dialog\"} 0.0")
        .contains("dialog_consumer_lag{consumer=\"progress\"} 1.0")
        .contains("route=\"/learners/{phone}\",status=\"200\"} 1")
        .contains("route=\"elsewhere\",status=\"404\"} 1")
        .contains("jvm_memory_used_bytes")
        .doesNotContain(CANARY)
        .doesNotContain(PHONE.substring(1));
  }

  @Test
  void latenciesAreHistograms() {
    server.metrics.inbound(TwilioIntake.Result.MESSAGE, Duration.ofMillis(3));
    server.metrics.append(Duration.ofMillis(30));
    server.metrics.batch(Duration.ofMillis(300));
    server.metrics.handedOver(Duration.ofSeconds(3));

    assertThat(open(MetricsRoute.PATH).body())
        .contains("dialog_webhook_seconds_bucket{le=\"0.002\"} 0")
        .contains("dialog_webhook_seconds_bucket{le=\"0.005\"} 1")
        .contains("dialog_append_seconds_bucket{le=\"0.05\"} 1")
        .contains("dialog_batch_seconds_bucket{le=\"0.5\"} 1")
        .contains("dialog_reply_to_gateway_seconds_bucket{le=\"5.0\"} 1");
  }
}

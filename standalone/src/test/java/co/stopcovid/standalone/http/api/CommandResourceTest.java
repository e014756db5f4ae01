package co.stopcovid.standalone.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class CommandResourceTest {
  private static final String START =
      """
      {"type":"START_DRILL","payload":{"phone_number":"+12025550123","drill_slug":"01-soap"}}
      """;

  private final ApiServer server = new ApiServer();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> post(String body, String key) {
    return server.send(
        server
            .authorized("/commands")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void aCommandIsInTheLogUnderTheNumberThatIsAnswered() {
    HttpResponse<String> answer = server.post("/commands", START);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    String seq = ApiServer.json(answer).get("seq").stringValue();
    assertThat(server.log.after(0, 10))
        .singleElement()
        .satisfies(entry -> assertThat(Long.toString(entry.position())).isEqualTo(seq));
  }

  @Test
  void severalCommandsKeepTheirOrder() {
    HttpResponse<String> answer =
        server.post("/commands", "[" + START + "," + START.replace("01-soap", "02-masks") + "]");

    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode items = ApiServer.json(answer).get("items");
    assertThat(items.size()).isEqualTo(2);
    assertThat(server.log.after(0, 10))
        .satisfiesExactly(
            first -> assertThat(first.payload()).contains("01-soap"),
            second -> {
              assertThat(second.payload()).contains("02-masks");
              assertThat(Long.toString(second.position()))
                  .isEqualTo(items.get(1).get("seq").stringValue());
            });
  }

  @Test
  void aRepeatedKeyIsTheSameCommand() {
    String first = post(START, "key 1").body();

    assertThat(post(START, "key 1").body()).isEqualTo(first);
    assertThat(post(START, "key 2").body()).isNotEqualTo(first);
    assertThat(server.log.after(0, 10)).hasSize(2);
  }

  @Test
  void aRepeatedKeyIsTheSameForEachOfSeveral() {
    String two = "[" + START + "," + START + "]";
    String first = post(two, "key").body();

    assertThat(post(two, "key").body()).isEqualTo(first);
    assertThat(server.log.after(0, 10)).hasSize(2);
    assertThat(post(START, "key").body()).doesNotContain("items");
    assertThat(server.log.after(0, 10)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"   ", ""})
  void anOddKeyIsRefused(String key) {
    assertProblem(post(START, key), 400, "Idempotency-Key");
  }

  @Test
  void aLongKeyIsRefused() {
    assertProblem(post(START, "k".repeat(151)), 400, "Idempotency-Key");
    assertThat(post(START, "k".repeat(150)).statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|empty",
        "{|line 1, column",
        "nonsense|line 1, column",
        "null|must be a JSON object",
        "{}|type",
        "[]|1 to 500",
        "[1]|[0]",
        "{\"type\":\"SPAM\",\"payload\":{}}|type",
        "{\"type\":\"START_DRILL\"}|payload",
        "{\"type\":\"START_DRILL\",\"payload\":{\"phone_number\":\"911\"}}|payload.phone_number",
        "{\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"+12025550123\"}}|payload.Body",
        "{\"type\":\"A\",\"type\":\"A\"}|twice",
      })
  void whatIsNoCommandIsRefusedWithItsPlace(String body, String place) {
    assertProblem(server.post("/commands", body), 400, place);
    assertThat(server.log.after(0, 10)).isEmpty();
  }

  @Test
  void oneBadCommandAmongSeveralStopsAll() {
    HttpResponse<String> answer = server.post("/commands", "[" + START + ",{\"type\":\"SPAM\"}]");

    assertProblem(answer, 400, "[1].type");
    assertThat(server.log.after(0, 10)).isEmpty();
  }

  @Test
  void tooMuchIsRefused() {
    assertProblem(server.post("/commands", "[" + "1,".repeat(600) + "1]"), 400, "1 to 500");
    assertProblem(
        server.post("/commands", " ".repeat(CommandResource.LARGEST_BODY + 1)), 413, "bytes");
    assertProblem(server.post("/commands", "[".repeat(10_000)), 400, "bounds");
  }

  @Test
  void withoutDatabaseNothingIsAcknowledged() {
    server.loseDatabase();
    HttpResponse<String> answer = server.post("/commands", START);

    assertProblem(answer, 503, "database");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).doesNotContain("Hikari").doesNotContain("sql");
  }

  static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = ApiServer.json(answer);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("type").stringValue()).isEqualTo("about:blank");
    assertThat(problem.get("title").stringValue()).isNotBlank();
    assertThat(problem.get("detail").stringValue()).contains(detail);
  }
}

package co.stopcovid.standalone.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.DrillSlug;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

  private static final String ANA = "+12025550123";

  private final ApiServer server = new ApiServer();

  @BeforeEach
  void register() {
    AccountInfo acme = AccountInfo.of(Map.of("company", "Acme"));
    server.codes.put(Map.of(new RegistrationCode("acme"), new CodeVerdict.Valid(false, acme)));
    server.sms(ANA, "acme");
  }

  /** After the registration. */
  private List<PostgresCommandLog.Entry> added() {
    return server.log.after(1, 10);
  }

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
    assertThat(added())
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
    assertThat(added())
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
    assertThat(added()).hasSize(2);
  }

  @Test
  void aRepeatedKeyIsTheSameForEachOfSeveral() {
    String two = "[" + START + "," + START + "]";
    String first = post(two, "key").body();

    assertThat(post(two, "key").body()).isEqualTo(first);
    assertThat(added()).hasSize(2);
    assertThat(post(START, "key").body()).doesNotContain("items");
    assertThat(added()).hasSize(3);
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
    assertThat(added()).isEmpty();
  }

  @Test
  void oneBadCommandAmongSeveralStopsAll() {
    HttpResponse<String> answer = server.post("/commands", "[" + START + ",{\"type\":\"SPAM\"}]");

    assertProblem(answer, 400, "[1].type");
    assertThat(added()).isEmpty();
  }

  @Test
  void whatBecameOfACommandIsTold() {
    HttpResponse<String> answer = server.post("/commands", START);
    String path = "/commands/" + ApiServer.json(answer).get("seq").stringValue();
    assertThat(answer.headers().firstValue("Location")).contains(Api.BASE + path);
    assertThat(server.get(path).body()).contains("\"state\":\"waiting\"");

    server.work();
    JsonNode done = ApiServer.json(server.get(path));
    assertThat(done.get("state").stringValue()).isEqualTo("processed");
    assertThat(done.get("version").intValue()).isEqualTo(2);
    assertThat(done.get("events").get(0).stringValue()).isEqualTo("DRILL_STARTED");

    server.sms(ANA, "what?");
    server.sms("+12025550124", "help");
    assertThat(server.get("/commands/4").body())
        .isEqualTo("{\"seq\":\"4\",\"state\":\"processed\",\"version\":0,\"events\":[]}");
    assertProblem(server.get("/commands/99"), 404, "no command");
    assertProblem(server.get("/commands/99999999999999999999"), 404, "no command");
    assertProblem(server.get("/commands/x"), 400, "seq");
  }

  @Test
  void aRejectedCommandIsToldWithItsReasonAndItsDeadLetter() {
    server.log.append(
        List.of(
            new NewCommand(
                new DialogCommand.StartDrill(new PhoneNumber(ANA), new DrillSlug("99-none")))));
    server.work();
    JsonNode rejected = ApiServer.json(server.get("/commands/2"));
    assertThat(rejected.get("state").stringValue()).isEqualTo("rejected");
    assertThat(rejected.get("reason").stringValue()).contains("99-none");
    assertThat(
            server.get("/dead-letters/" + rejected.get("dead_letter").stringValue()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aDrillThatCannotStartIsRefusedWithItsReason() {
    assertProblem(
        server.post("/commands", START.replace("01-soap", "99-none")), 400, "no drill 99-none");
    assertProblem(server.post("/commands", START.replace("123", "124")), 409, "not registered");
    server.sms(ANA, "stop");
    assertProblem(server.post("/commands", "[" + START + "]"), 409, "[0].payload.phone_number");
    assertThat(server.log.after(2, 10)).isEmpty();
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

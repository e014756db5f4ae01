package co.stopcovid.standalone.http.api;

import static co.stopcovid.standalone.http.api.CommandResourceTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.standalone.http.ApiRoutes;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orders to a learner's dialog, and what the audit log has of them, over HTTP. */
final class OrderResourceTest {
  private static final String ANA = "+12025550123";
  private static final String LEARNER = "/learners/" + ANA;
  private static final String MESSAGE = "{\"message\":\"Good work!\"}";

  private final ApiServer server = new ApiServer();

  @BeforeEach
  void register() {
    AccountInfo acme = AccountInfo.of(Map.of("company", "Acme"));
    server.codes.put(Map.of(new RegistrationCode("acme"), new CodeVerdict.Valid(false, acme)));
    server.sms(ANA, "acme");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private List<String> lastEvents() {
    server.work();
    return server
        .all(LEARNER + "/events", 500)
        .getLast()
        .get("events")
        .valueStream()
        .map(event -> event.get("event_type").stringValue())
        .toList();
  }

  @Test
  void aMessageIsSentOnceForAKey() {
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer =
          server.send(
              server
                  .authorized(LEARNER + "/messages")
                  .header("Idempotency-Key", "k")
                  .header(ApiRoutes.PERSON_HEADER, "maria")
                  .POST(BodyPublishers.ofString(MESSAGE)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.headers().firstValue("Location")).contains(Api.BASE + "/commands/2");
    }
    assertThat(lastEvents()).containsExactly("AD_HOC_MESSAGE_SENT");
    JsonNode event = server.all(LEARNER + "/events", 500).getLast().get("events").get(0);
    assertThat(event.get("message").stringValue()).isEqualTo("Good work!");
    assertThat(event.get("sent_by").stringValue()).isEqualTo("maria");
  }

  @Test
  void aLearnersDrillIsStartedRemindedOfAndEnded() {
    assertThat(server.post(LEARNER + "/drill", "{\"drill_slug\":\"01-soap\"}").statusCode())
        .isEqualTo(202);
    assertThat(lastEvents()).containsExactly("DRILL_STARTED");
    assertThat(server.post(LEARNER + "/reminder", "").statusCode()).isEqualTo(202);
    assertThat(lastEvents()).containsExactly("REMINDER_TRIGGERED");
    assertThat(server.post(LEARNER + "/reset", "").statusCode()).isEqualTo(202);
    assertThat(lastEvents()).containsExactly("USER_UPDATED");
    assertProblem(server.post(LEARNER + "/reminder", ""), 409, "no prompt waits");
    HttpResponse<String> corrected =
        server.send(
            server
                .authorized(LEARNER + "/profile")
                .method("PATCH", BodyPublishers.ofString("{\"changes\":{\"name\":\"Ana\"}}")));
    assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(202);
    server.work();
    assertThat(ApiServer.json(server.get(LEARNER)).at("/user_profile/name").stringValue())
        .isEqualTo("Ana");
    JsonNode rebuilt = ApiServer.json(server.post(LEARNER + "/rebuild", ""));
    assertThat(rebuilt.get("batches").intValue()).isEqualTo(5);
  }

  @Test
  void whatCannotBeIsRefusedWithItsReason() {
    assertProblem(server.post("/learners/+12025550199/messages", MESSAGE), 404, "ever heard");
    assertProblem(server.post(LEARNER + "/messages", "{\"message\":\" \"}"), 400, "1 to 1600");
    assertProblem(server.post(LEARNER + "/messages", "{}"), 400, "message");
    assertProblem(server.post(LEARNER + "/drill", "{\"drill_slug\":\"99\"}"), 400, "no drill 99");
    assertProblem(
        server.post(LEARNER + "/messages", "{\"message\":\"Hi\",\"send_at\":\"2026\"}"),
        400,
        "send_at: is not known here");
    assertProblem(
        server.post(LEARNER + "/drill", "{\"drill_slug\":\"01-soap\",\"prompts\":[]}"),
        400,
        "prompts: is not known here");
    server.sms(ANA, "stop");
    assertProblem(server.post(LEARNER + "/messages", MESSAGE), 409, "opted out");
    assertThat(server.log.after(2, 10)).isEmpty();
  }

  @Test
  void theAuditLogTellsWhoDidWhat() {
    server.post(LEARNER + "/messages", MESSAGE);
    server.get(LEARNER);
    server.send(server.authorized("/codes/acme").header(ApiRoutes.PERSON_HEADER, "maria").DELETE());
    assertProblem(server.post(LEARNER + "/reminder", ""), 409, "no prompt");

    List<JsonNode> entries = server.all("/audit", 2);
    assertThat(entries)
        .extracting(
            entry -> entry.get("by").stringValue(),
            entry -> entry.get("operation").stringValue(),
            entry -> entry.get("outcome").stringValue())
        .containsExactly(
            tuple("api", "learners.remind", "refused"),
            tuple("maria", "codes.remove", "done"),
            tuple("api", "learners.message", "done"));
    assertThat(entries.getLast().get("on").stringValue())
        .isEqualTo("learner " + LearnerId.of(new PhoneNumber(ANA)));
    assertThat(server.get("/audit").body()).doesNotContain("2025550123").doesNotContain("Good");
  }

  @Test
  void whatRunsIsTold() {
    assertThat(server.all("/schedule", 10)).isEmpty();
    assertThat(server.get("/schedule?hours=0").statusCode()).isEqualTo(400);
    assertThat(ApiServer.json(server.get("/lags")).get("items").size()).isEqualTo(3);
    assertThat(ApiServer.json(server.get("/messages/undelivered")).get("items").size()).isZero();
    assertThat(ApiServer.json(server.post("/progress/rebuild", "")).get("batches").intValue())
        .isEqualTo(1);
  }

  @Test
  void anUnhandledMessageIsAnswered() {
    server.sms(ANA, "what is this?");
    JsonNode message = server.all("/messages/unhandled", 10).getFirst();
    String path =
        "/messages/unhandled/%s/%s/answer".formatted(ANA, message.get("seq").stringValue());

    assertThat(server.post(path, MESSAGE).statusCode()).isEqualTo(202);
    assertProblem(server.post(path, MESSAGE), 404, "unhandled");
    assertThat(server.all("/messages/unhandled", 10)).isEmpty();
    assertThat(lastEvents()).containsExactly("AD_HOC_MESSAGE_SENT");
  }
}

package co.stopcovid.standalone.http.api;

import static co.stopcovid.standalone.http.api.CommandResourceTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LearnerResourceTest {
  private static final String ANA = "+12025550101";
  private static final String BEN = "+12025550102";
  private static final String NOT_REGISTERED = "+12025550103";

  private ApiServer server;

  @BeforeAll
  void start() {
    server = new ApiServer();
    server.codes.put(Map.of(code("acme"), stands("Acme"), code("beta"), stands("Beta & Co")));
    server.sms(ANA, "acme");
    server.post(
        "/commands",
        """
        {"type":"START_DRILL","payload":{"phone_number":"+12025550101","drill_slug":"01-soap"}}
        """);
    server.work();
    server.sms(ANA, "2");
    server.sms(ANA, "Ana \"<b>\" 洗手");
    server.sms(ANA, "mud");
    server.sms(BEN, "beta");
    server.sms(NOT_REGISTERED, "hello");
  }

  private static RegistrationCode code(String text) {
    return new RegistrationCode(text);
  }

  private static CodeVerdict.Valid stands(String company) {
    return new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", company)));
  }

  @AfterAll
  void close() {
    server.close();
  }

  private List<String> numbers(String query, int limit) {
    return server.all("/learners" + query, limit).stream()
        .map(learner -> learner.at("/phone_numbers/0/phone_number").stringValue())
        .toList();
  }

  @Test
  void aLearnerIsShownWithProfileProgressAndPlaceInTheDrill() {
    for (String path : new String[] {"/learners/" + ANA, "/learners/%2B12025550101"}) {
      JsonNode learner = ApiServer.json(server.get(path));

      assertThat(learner.at("/user_profile/name").stringValue()).isEqualTo("Ana \"<b>\" 洗手");
      assertThat(learner.at("/user_profile/language").stringValue()).isEqualTo("es");
      assertThat(learner.at("/user_profile/account_info/company").stringValue()).isEqualTo("Acme");
      assertThat(learner.at("/dialog/current_drill").stringValue()).isEqualTo("01-soap");
      assertThat(learner.at("/dialog/prompt/slug").stringValue()).isEqualTo("soap");
      assertThat(learner.at("/dialog/prompt/failures").intValue()).isEqualTo(1);
      assertThat(learner.at("/progress/started").intValue()).isEqualTo(1);
      assertThat(learner.at("/progress/completed").intValue()).isZero();
      assertThat(learner.at("/drills/0/drill_slug").stringValue()).isEqualTo("01-soap");
      assertThat(learner.at("/drills/0/started_time").isString()).isTrue();
      assertThat(learner.at("/drills/1/started_time").isNull()).isTrue();
    }
  }

  @Test
  void everyLearnerIsListedOnce() {
    for (int limit : new int[] {1, 2, 500}) {
      assertThat(numbers("", limit)).contains(ANA, BEN, NOT_REGISTERED).doesNotHaveDuplicates();
    }
  }

  @Test
  void aCompanysLearnersAreListedAlone() {
    assertThat(numbers("?company=Acme", 1)).containsExactly(ANA);
    assertThat(numbers("?company=Beta%20%26+Co", 1)).containsExactly(BEN);
    assertThat(numbers("?company=", 10)).contains(NOT_REGISTERED).doesNotContain(ANA, BEN);
    assertThat(numbers("?company=nobody'%20or%201=1--", 10)).isEmpty();
  }

  @Test
  void theSilentAreListedAlone() {
    assertThat(numbers("?silent=true", 10)).doesNotContain(NOT_REGISTERED);
    assertThat(server.get("/learners?silent=true&company=Acme").statusCode()).isEqualTo(400);
    assertThat(server.get("/learners?silent=maybe").statusCode()).isEqualTo(400);
    JsonNode learner = ApiServer.json(server.get("/learners/" + ANA));
    assertThat(learner.at("/silence").stringValue()).isEqualTo("none");
    assertThat(learner.at("/unanswered_sessions").intValue()).isZero();
  }

  @Test
  void eventsComeFromAVersionOn() {
    List<JsonNode> batches = server.all("/learners/" + ANA + "/events", 2);

    assertThat(batches)
        .extracting(batch -> batch.get("version").intValue())
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(batches.get(1).at("/events/0/event_type").stringValue()).isEqualTo("DRILL_STARTED");
    JsonNode rest = ApiServer.json(server.get("/learners/" + ANA + "/events?after=4"));
    assertThat(rest.get("items").size()).isEqualTo(1);
    assertThat(server.all("/learners/+12025550199/events", 5)).isEmpty();
  }

  @Test
  void anotherNumberIsLinkedOnce() {
    String path = "/learners/" + BEN + "/numbers";
    String body = "{\"phone_number\":\"+12025550188\"}";

    for (int i = 0; i < 2; i++) {
      JsonNode linked = ApiServer.json(server.post(path, body));
      assertThat(linked.get("phone_numbers").size()).isEqualTo(2);
    }
    assertProblem(
        server.post(path, "{\"phone_number\":\"%s\"}".formatted(ANA)), 409, "another learner");
    assertProblem(server.post("/learners/+12025550199/numbers", body), 404, "number");
    assertProblem(server.post(path, "{\"phone_number\":\"12\"}"), 400, "phone_number");
    assertProblem(server.post(path, "{}"), 400, "phone_number");
    assertProblem(server.post(path, "[]"), 400, "object");
    assertProblem(server.post(path, " ".repeat(10_001)), 413, "bytes");
  }

  @Test
  void anUnknownLearnerIsNotFound() {
    assertProblem(server.get("/learners/+12025550199"), 404, "number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12025550123",
        "%20",
        "+1",
        "+1202555012312345678",
        "+1202555012a",
        "%2B1202555012%0A3",
        "%E2%80%AE+12025550123",
        "+%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7%D9%A8",
        "'%20or%201=1--",
      })
  void whatIsNoPhoneNumberIsRefused(String phone) {
    for (String path : new String[] {"", "/events", "/messages"}) {
      assertProblem(server.get("/learners/" + phone + path), 400, "phone");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=501",
        "limit=99999999999999",
        "limit=ten",
        "limit=",
        "limit=1&limit=2",
        "after=x",
        "after=%00",
        "after=-1",
      })
  void oddPagesAreRefused(String query) {
    String name = query.substring(0, query.indexOf('='));
    assertProblem(server.get("/learners?" + query), 400, name);
    assertProblem(server.get("/learners/" + ANA + "/events?" + query), 400, name);
    assertProblem(server.get("/learners/" + ANA + "/messages?" + query), 400, name);
  }
}

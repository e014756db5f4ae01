package co.stopcovid.standalone.http.api;

import static co.stopcovid.standalone.http.api.CommandResourceTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.testkit.Samples;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DeadLetterResourceTest {
  private static final String START =
      """
      {"type":"START_DRILL","payload":{"phone_number":"+12025550101","drill_slug":"01-soap"}}""";

  private final ApiServer server = new ApiServer();

  @AfterEach
  void close() {
    server.close();
  }

  private String letter(String source, String id, String payload) {
    server.letters.add(List.of(new DeadLetter(source, id, payload, "a reason", Samples.NOON)));
    return server.all("/dead-letters", 500).getLast().get("id").stringValue();
  }

  @Test
  void lettersAreListedBySourceAndShownWhole() {
    String first = letter("commands", "1", START);
    letter("twilio", "SM1", "From=&Body=<b>");
    letter("commands", "2", "not JSON");

    for (int limit = 1; limit < 5; limit++) {
      assertThat(server.all("/dead-letters", limit)).hasSize(3);
      assertThat(server.all("/dead-letters?source=commands", limit)).hasSize(2);
      assertThat(server.all("/dead-letters?source=", limit)).isEmpty();
    }
    JsonNode whole = ApiServer.json(server.get("/dead-letters/" + first));
    assertThat(whole.get("payload").stringValue()).isEqualTo(START);
    assertThat(whole.get("reason").stringValue()).isEqualTo("a reason");
  }

  @Test
  void aRedrivenCommandIsInTheLogOnceAndItsLetterGone() {
    String id = letter("commands", "1", START);

    HttpResponse<String> answer = server.post("/dead-letters/" + id + "/redrive", "");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(server.log.after(0, 10))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(CommandCodec.decode(entry.payload()))
                    .isEqualTo(CommandCodec.decode(START)));
    assertThat(server.all("/dead-letters", 10)).isEmpty();
    assertProblem(server.post("/dead-letters/" + id + "/redrive", ""), 404, "dead letter");
  }

  /** As it is after a crash between the append and the removal. */
  @Test
  void aLetterThatOutlivedItsRedriveIsTheSameCommand() {
    String id = letter("commands", "1", START);
    server.log.append(List.of(new NewCommand(CommandCodec.decode(START), "dead letter " + id)));

    assertThat(server.post("/dead-letters/" + id + "/redrive", "").body())
        .isEqualTo("{\"seq\":\"1\"}");
    assertThat(server.log.after(0, 10)).hasSize(1);
    assertThat(server.all("/dead-letters", 10)).isEmpty();
  }

  @Test
  void theDialogsOwnLettersCanBeRedriven() {
    server.codes.put(
        Map.of(new RegistrationCode("acme"), new CodeVerdict.Valid(false, AccountInfo.NONE)));
    server.sms("+12025550101", "acme");
    // Not by the API, which refuses what cannot be: the drill was there when this was appended.
    server.log.append(
        List.of(new NewCommand(CommandCodec.decode(START.replace("01-soap", "99-unknown")))));
    server.work();

    JsonNode letter = server.all("/dead-letters", 10).getFirst();
    assertThat(letter.get("reason").stringValue()).contains("99-unknown");
    String path = "/dead-letters/" + letter.get("id").stringValue();
    assertThat(server.post(path + "/redrive", "").statusCode()).isEqualTo(202);
    server.work();
    assertThat(server.all("/dead-letters", 10))
        .singleElement()
        .satisfies(again -> assertThat(again.get("id")).isNotEqualTo(letter.get("id")));
  }

  @Test
  void whatIsNoCommandStays() {
    String form = letter("twilio", "SM1", "Body=x");
    String broken = letter("commands", "1", "{\"type\":\"SPAM\"}");

    assertProblem(server.post("/dead-letters/" + form + "/redrive", ""), 422, "no command");
    assertProblem(server.post("/dead-letters/" + broken + "/redrive", ""), 422, "type");
    assertThat(server.all("/dead-letters", 10)).hasSize(2);
    assertThat(server.log.after(0, 10)).isEmpty();
  }

  @Test
  void aLetterIsRemovedOnce() {
    String id = letter("commands", "1", START);

    assertThat(server.delete("/dead-letters/" + id).statusCode()).isEqualTo(204);
    assertProblem(server.delete("/dead-letters/" + id), 404, "dead letter");
    assertProblem(server.get("/dead-letters/" + id), 404, "dead letter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "99999999999999999999", "%20"})
  void anOddIdIsRefused(String id) {
    assertProblem(server.get("/dead-letters/" + id), 400, "id");
    assertProblem(server.post("/dead-letters/" + id + "/redrive", ""), 400, "id");
    assertProblem(server.get("/dead-letters?after=" + id), 400, "after");
  }
}

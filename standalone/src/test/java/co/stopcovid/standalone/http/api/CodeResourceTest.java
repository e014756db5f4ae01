package co.stopcovid.standalone.http.api;

import static co.stopcovid.standalone.http.api.CommandResourceTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodeResourceTest {
  private static final String ACME = "{\"is_demo\":false,\"account_info\":{\"company\":\"Acme\"}}";

  private final ApiServer server = new ApiServer();

  @AfterEach
  void close() {
    server.close();
  }

  private boolean isValid(String code) {
    var asked = new RegistrationCode(code);
    return server.codes.check(Set.of(asked)).get(asked) instanceof CodeVerdict.Valid;
  }

  @Test
  void aCodeIsKeptUntilItIsTakenBack() {
    assertProblem(server.get("/codes/acme"), 404, "code");

    assertThat(server.put("/codes/ACME%20%E6%B4%97%2F%3F", ACME).statusCode()).isEqualTo(200);
    assertThat(isValid("acme 洗/?")).isTrue();
    HttpResponse<String> found = server.get("/codes/acme%20%E6%B4%97%2f%3f");
    assertThat(found.body()).isEqualTo(ACME);

    assertThat(server.delete("/codes/Acme%20%E6%B4%97%2F%3F").statusCode()).isEqualTo(204);
    assertProblem(server.delete("/codes/acme%20%E6%B4%97%2F%3F"), 404, "code");
    assertThat(isValid("acme 洗/?")).isFalse();
  }

  @Test
  void manyCodesAreAddedAtOnceAndListed() {
    HttpResponse<String> answer =
        server.post("/codes", "{\"A-1\":%s,\"b-2\":{\"is_demo\":true},\"c-3\":{}}".formatted(ACME));

    assertThat(answer.body()).isEqualTo("{\"codes\":3,\"new_or_changed\":3}");
    assertThat(server.post("/codes", "{\"a-1\":%s}".formatted(ACME)).body())
        .isEqualTo("{\"codes\":1,\"new_or_changed\":0}");
    for (int limit = 1; limit < 5; limit++) {
      assertThat(server.all("/codes", limit))
          .extracting(entry -> entry.get("code").stringValue())
          .containsExactly("a-1", "b-2", "c-3");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|object",
        "{\"secret-1\":1}|code 1",
        "{\"a\":{},\"secret-1\":{\"is_demo\":\"no\"}}|code 2: is_demo",
        "{\"secret-1\":{},\"SECRET-1 \":{}}|code 2: is there twice",
        "{\" \":{}}|code 1",
        "{\"secret-1\\u0000\":{}}|code 1",
        "{\"secret-1\":{\"account_info\":{\"company\":[]}}}|account_info.company",
      })
  void oneBadCodeStopsAllAndIsNotShown(String body, String place) {
    HttpResponse<String> answer = server.post("/codes", body);

    assertProblem(answer, 400, place);
    assertThat(answer.body()).doesNotContainIgnoringCase("secret");
    assertThat(server.all("/codes", 10)).isEmpty();
  }

  @Test
  void anOddCodeIsRefused() {
    assertProblem(server.put("/codes/%20", ACME), 400, "code");
    assertProblem(server.put("/codes/" + "c".repeat(101), ACME), 400, "code");
    for (String keyword : List.of("STOP", "Ayuda", "more", "Espa%C3%B1ol", "***")) {
      assertProblem(server.put("/codes/" + keyword, ACME), 400, "can never be used");
    }
    assertProblem(
        server.post("/codes", "{\"a-1\":%s,\"stop\":%s}".formatted(ACME, ACME)),
        400,
        "code 2: can never be used");
    assertProblem(server.put("/codes/c", "{\"is_demo\":1}"), 400, "is_demo");
    assertProblem(server.put("/codes/c", "{\"company\":\"Acme\"}"), 400, "company: is not known");
    assertThat(server.get("/codes/c").statusCode()).isEqualTo(404);
    assertProblem(server.put("/codes/c", "nonsense"), 400, "line 1");
    assertProblem(server.post("/codes", " ".repeat(CodeResource.LARGEST_IMPORT + 1)), 413, "bytes");
  }
}

package co.stopcovid.standalone.http.api;

import static co.stopcovid.standalone.http.api.CommandResourceTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Drills and completion. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportResourcesTest {
  private static final String FORMULA = "=HYPERLINK(\"x\")";

  private ApiServer server;

  @BeforeAll
  void start() {
    server = new ApiServer();
    register("+12025550101", "acme", "Acme, \"Inc\"", false);
    register("+12025550102", "formula", FORMULA, false);
    register("+12025550103", "demo", "Acme, \"Inc\"", true);
  }

  private void register(String phone, String code, String company, boolean demo) {
    server.codes.put(
        Map.of(
            new RegistrationCode(code),
            new CodeVerdict.Valid(demo, AccountInfo.of(Map.of("company", company)))));
    server.sms(phone, code);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void drillsAreListedAndShown() {
    for (int limit = 1; limit < 4; limit++) {
      assertThat(server.all("/drills", limit))
          .extracting(drill -> drill.get("slug").stringValue())
          .containsExactly("01-soap", "02-masks");
    }
    JsonNode drill = ApiServer.json(server.get("/drills/01-soap"));
    assertThat(drill.at("/drill/prompts").size()).isEqualTo(5);
    assertThat(drill.at("/translations/es/soap").stringValue()).contains("¿");
    assertProblem(server.get("/drills/03-none"), 404, "drill");
    assertProblem(server.get("/drills/..%20"), 404, "drill");
    assertProblem(server.get("/drills/%20"), 400, "slug");
  }

  @Test
  void completionIsPagedByCompanyAndDrill() {
    List<JsonNode> all = server.all("/progress/completion", 100);

    assertThat(all).hasSize(4);
    for (int limit = 1; limit < 5; limit++) {
      assertThat(server.all("/progress/completion", limit)).isEqualTo(all);
    }
    assertThat(server.all("/progress/completion?company=Acme,%20%22Inc%22", 10))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.get("learners").intValue()).isEqualTo(1));
    assertThat(server.all("/progress/completion?company=Acme,%20%22Inc%22&demo=true", 10))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.get("learners").intValue()).isEqualTo(2));
    assertThat(server.all("/progress/completion?company=nobody", 10)).isEmpty();
  }

  @Test
  void asCsvItIsWholeAndSafeToOpen() {
    HttpResponse<String> csv = server.get("/progress/completion?format=csv&limit=1");
    HttpResponse<String> accepted =
        server.send(server.authorized("/progress/completion").header("Accept", "text/csv"));

    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
    assertThat(csv.body())
        .isEqualTo(
            """
            company,unit,drill,learners,started,completed,started_rate,completed_rate\r
            "'=HYPERLINK(""x"")",,01-soap,1,0,0,0.0000,0.0000\r
            "'=HYPERLINK(""x"")",,02-masks,1,0,0,0.0000,0.0000\r
            "Acme, ""Inc""\",,01-soap,1,0,0,0.0000,0.0000\r
            "Acme, ""Inc""\",,02-masks,1,0,0,0.0000,0.0000\r
            """);
    assertThat(accepted.body()).isEqualTo(csv.body());
    assertThat(
            server
                .send(
                    server
                        .authorized("/progress/completion?format=json")
                        .header("Accept", "text/csv"))
                .body())
        .startsWith("{");
  }

  @Test
  void oddFiltersAreRefused() {
    assertProblem(server.get("/progress/completion?demo=yes"), 400, "demo");
    assertProblem(server.get("/progress/completion?format=xml"), 400, "format");
    assertProblem(server.get("/progress/completion?after=e30"), 400, "after");
    assertProblem(server.get("/progress/completion?company=%00"), 400, "company");
    assertProblem(server.get("/drills?after=%20"), 400, "after");
  }
}

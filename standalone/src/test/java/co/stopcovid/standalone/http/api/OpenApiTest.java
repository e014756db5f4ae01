package co.stopcovid.standalone.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OpenApiTest {
  private static final String PROBLEM =
      "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":400,\"detail\":\"d\"}";

  private final OpenApiDocument document = new OpenApiDocument();

  @Test
  void routesAndDocumentAreTheSame() {
    try (var server = new ApiServer()) {
      assertThat(
              server.api.routes().stream()
                  .map(route -> route.method().name() + " " + route.path())
                  .collect(Collectors.toSet()))
          .isEqualTo(document.operations());
      assertThat(Json.parse(server.get("/openapi.json").body())).isEqualTo(document.root);
    }
  }

  @Test
  void everyOperationHasItsNameParametersAndRefusals() {
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, JsonNode> path : document.root.get("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        assertThat(names.add(operation.get("operationId").stringValue())).isTrue();
        assertThat(operation.get("responses").propertyNames()).contains("400", "401", "503");
        assertThat(pathParameters(operation)).isEqualTo(placeholders(path.getKey()));
      }
    }
  }

  private Set<String> pathParameters(JsonNode operation) {
    JsonNode parameters = operation.get("parameters");
    return parameters == null
        ? Set.of()
        : parameters
            .valueStream()
            .map(document::resolve)
            .filter(parameter -> parameter.get("in").stringValue().equals("path"))
            .map(parameter -> parameter.get("name").stringValue())
            .collect(Collectors.toSet());
  }

  private static Set<String> placeholders(String path) {
    Matcher matcher = Pattern.compile("\\{([a-z]+)}").matcher(path);
    return matcher.results().map(result -> result.group(1)).collect(Collectors.toSet());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(references(document.root))
        .isNotEmpty()
        .allMatch(node -> !document.resolve(node).isNull());
  }

  private static List<JsonNode> references(JsonNode node) {
    return node.findParents("$ref");
  }

  /** The check itself must be able to fail. */
  @Test
  void aWrongAnswerIsFound() {
    assertThat(faults("POST", "/commands", 202, "application/json", "{\"seq\":\"7\"}")).isEmpty();
    assertThat(faults("POST", "/commands", 202, "application/json", "{\"seq\":7}")).isNotEmpty();
    assertThat(faults("POST", "/commands", 202, "application/json", "{}")).isNotEmpty();
    assertThat(faults("POST", "/commands", 202, "text/plain", "{\"seq\":\"7\"}")).isNotEmpty();
    assertThat(faults("POST", "/commands", 204, "application/json", "")).isNotEmpty();
    assertThat(
            faults(
                "GET", "/drills", 200, "application/json", "{\"items\":[],\"next\":null,\"x\":1}"))
        .containsExactly("$.x is not described");
    assertThat(faults("GET", "/drills", 400, "application/problem+json", PROBLEM)).isEmpty();
    assertThat(faults("GET", "/drills", 400, "application/json", PROBLEM)).isNotEmpty();
  }

  private List<String> faults(String method, String path, int status, String type, String body) {
    return document.faults(method, path, status, type, body);
  }
}

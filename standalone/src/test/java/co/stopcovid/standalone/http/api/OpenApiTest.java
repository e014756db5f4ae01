package co.stopcovid.standalone.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.desk.Access;
import co.stopcovid.desk.Person;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    return parameters(operation, "path");
  }

  private Set<String> parameters(JsonNode operation, String place) {
    return operation
        .path("parameters")
        .valueStream()
        .map(document::resolve)
        .filter(parameter -> parameter.get("in").stringValue().equals(place))
        .map(parameter -> parameter.get("name").stringValue())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Each route is asked with a call that notes what is looked for. */
  @Test
  void whatIsReadOfARequestIsWhatIsDescribed() {
    try (var server = new ApiServer()) {
      for (Route route : server.api.routes()) {
        JsonNode operation =
            document.root.at(
                "/paths/%s/%s"
                    .formatted(
                        route.path().replace("~", "~0").replace("/", "~1"),
                        route.method().name().toLowerCase(Locale.ROOT)));
        var call = new NotingCall(document.sample(operation.at("/requestBody")));
        try {
          route.action().answer(call);
        } catch (Exception e) {
          // What is asked for is not there; it was read before that is found out.
        }
        assertThat(call.queries)
            .as("query of %s %s", route.method(), route.path())
            .isEqualTo(parameters(operation, "query"));
        assertThat(call.headers)
            .as("headers of %s %s", route.method(), route.path())
            .isEqualTo(parameters(operation, "header"));
        assertThat(call.hasBody)
            .as("body of %s %s", route.method(), route.path())
            .isEqualTo(operation.has("requestBody"));
      }
    }
  }

  /** A call that notes what is looked for in it. */
  private static final class NotingCall implements Call {
    private static final Map<String, String> PATH =
        Map.of("phone", "+12025550123", "seq", "1", "id", "1-0", "slug", "01-soap", "code", "acme");

    private final Set<String> queries = new TreeSet<>();
    private final Set<String> headers = new TreeSet<>();
    private final String body;
    private boolean hasBody;

    NotingCall(String body) {
      this.body = body;
    }

    @Override
    public Person by() {
      return new Person("tester", Access.ADMIN);
    }

    @Override
    public String path(String name) {
      return PATH.getOrDefault(name, "");
    }

    @Override
    public List<String> query(String name) {
      queries.add(name);
      return List.of();
    }

    /** What says which form an answer shall have is no parameter. */
    @Override
    public @Nullable String header(String name) {
      if (!name.equals("Accept")) {
        headers.add(name);
      }
      return null;
    }

    @Override
    public byte[] body(int largest) {
      hasBody = true;
      return body.getBytes(StandardCharsets.UTF_8);
    }
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

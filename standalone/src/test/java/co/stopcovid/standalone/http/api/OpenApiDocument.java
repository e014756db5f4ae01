package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The API's description, and whether answers are as it says: their structure, and no more. */
final class OpenApiDocument {
  final JsonNode root;

  OpenApiDocument() {
    try (InputStream file = Api.class.getResourceAsStream("openapi.json")) {
      root = Json.parse(Objects.requireNonNull(file).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code GET /learners/{phone}}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    return operations;
  }

  /** What is wrong with an answer to a request that is described; nothing for one that is not. */
  List<String> faults(
      String method, String path, int status, @Nullable String contentType, String body) {
    JsonNode operation = operation(method, path);
    if (operation == null || status == 405) {
      return List.of();
    }
    JsonNode response = operation.get("responses").get(Integer.toString(status));
    if (response == null) {
      return List.of("status %d is not described".formatted(status));
    }
    JsonNode content = resolve(response).get("content");
    if (content == null) {
      return body.isEmpty() ? List.of() : List.of("a body that is not described");
    }
    String type = contentType == null ? "" : contentType.replaceFirst(";.*", "");
    JsonNode described = content.get(type);
    if (described == null) {
      return List.of("content type %s is not described".formatted(contentType));
    }
    List<String> faults = new ArrayList<>();
    if (type.endsWith("json")) {
      check(Json.parse(body), described.get("schema"), "$", faults);
    }
    return faults;
  }

  private @Nullable JsonNode operation(String method, String path) {
    for (Map.Entry<String, JsonNode> described : root.get("paths").properties()) {
      String pattern = described.getKey().replaceAll("\\{[a-z]+}", "[^/]+");
      if (Pattern.matches(pattern, path)) {
        JsonNode operation = described.getValue().get(method.toLowerCase(Locale.ROOT));
        boolean literal = !described.getKey().contains("{");
        if (literal || operation != null) {
          return operation;
        }
      }
    }
    return null;
  }

  JsonNode resolve(JsonNode schema) {
    JsonNode reference = schema.get("$ref");
    if (reference == null) {
      return schema;
    }
    JsonNode target = root;
    for (String part : reference.stringValue().substring(2).split("/", -1)) {
      target = Objects.requireNonNull(target.get(part), reference.stringValue());
    }
    return resolve(target);
  }

  /** The smallest body that is described; empty where none is. */
  String sample(JsonNode requestBody) {
    JsonNode schema = requestBody.at("/content/application~1json/schema");
    return schema.isMissingNode() ? "" : value(schema);
  }

  private String value(JsonNode unresolved) {
    JsonNode schema = resolve(unresolved);
    if (schema.has("oneOf")) {
      return value(schema.get("oneOf").get(0));
    }
    if (schema.has("const")) {
      return schema.get("const").toString();
    }
    if (schema.has("examples")) {
      return schema.get("examples").get(0).toString();
    }
    return switch (schema.path("type").asString("")) {
      case "object" ->
          schema
              .path("required")
              .valueStream()
              .map(name -> name + ":" + value(schema.get("properties").get(name.stringValue())))
              .collect(Collectors.joining(",", "{", "}"));
      case "array" -> "[]";
      case "string" -> "\"x\"";
      case "boolean" -> "true";
      default -> "1";
    };
  }

  private void check(JsonNode value, JsonNode unresolved, String place, List<String> faults) {
    JsonNode schema = resolve(unresolved);
    JsonNode choices = schema.get("oneOf");
    if (choices != null) {
      checkOneOf(value, choices, place, faults);
      return;
    }
    if (schema.has("const") && !schema.get("const").equals(value)) {
      faults.add(place + " must be " + schema.get("const"));
    }
    if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
      faults.add(place + " is none of " + schema.get("enum"));
    }
    if (schema.has("type") && !hasType(value, schema.get("type"))) {
      faults.add("%s must be %s, but is %s".formatted(place, schema.get("type"), value));
      return;
    }
    if (schema.has("pattern")
        && value.isString()
        && !Pattern.compile(schema.get("pattern").stringValue())
            .matcher(value.stringValue())
            .find()) {
      faults.add(place + " must match " + schema.get("pattern"));
    }
    if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(value.get(i), schema.get("items"), place + "[" + i + "]", faults);
      }
    }
    if (value.isObject()) {
      checkFields(value, schema, place, faults);
    }
  }

  private void checkOneOf(JsonNode value, JsonNode choices, String place, List<String> faults) {
    List<String> all = new ArrayList<>();
    for (JsonNode choice : choices) {
      List<String> own = new ArrayList<>();
      check(value, choice, place, own);
      if (own.isEmpty()) {
        return;
      }
      all.addAll(own);
    }
    faults.addAll(all);
  }

  private void checkFields(JsonNode value, JsonNode schema, String place, List<String> faults) {
    if (schema.has("required")) {
      for (JsonNode name : schema.get("required")) {
        if (!value.has(name.stringValue())) {
          faults.add(place + " lacks " + name);
        }
      }
    }
    JsonNode known = schema.get("properties");
    JsonNode others = schema.get("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String inner = place + "." + field.getKey();
      if (known != null && known.has(field.getKey())) {
        check(field.getValue(), known.get(field.getKey()), inner, faults);
      } else if (others != null) {
        check(field.getValue(), others, inner, faults);
      } else if (known != null) {
        faults.add(inner + " is not described");
      }
    }
  }

  private static boolean hasType(JsonNode value, JsonNode type) {
    if (type.isArray()) {
      return type.valueStream().anyMatch(one -> hasType(value, one));
    }
    return switch (type.stringValue()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }
}

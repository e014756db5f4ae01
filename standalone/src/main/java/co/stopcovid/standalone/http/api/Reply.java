package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.desk.Result;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What the API answers.
 *
 * @param contentType empty where there is no body
 */
public record Reply(
    HttpStatus status, Map<String, String> headers, String contentType, String body) {
  /** It is done, and there is nothing to tell. */
  static final Reply NOTHING = new Reply(HttpStatus.NO_CONTENT, Map.of(), "", "");

  public Reply {
    headers = Map.copyOf(headers);
  }

  static Reply text(String contentType, String body) {
    return new Reply(HttpStatus.OK, Map.of(), contentType, body);
  }

  static Reply json(HttpStatus status, Consumer<JsonGenerator> content) {
    return new Reply(status, Map.of(), "application/json", Json.write(content));
  }

  static Reply json(Consumer<JsonGenerator> content) {
    return json(HttpStatus.OK, content);
  }

  /** An object with the given fields. */
  static Reply object(HttpStatus status, Consumer<JsonGenerator> fields) {
    return json(
        status,
        json -> {
          json.writeStartObject();
          fields.accept(json);
          json.writeEndObject();
        });
  }

  static Reply object(Consumer<JsonGenerator> fields) {
    return object(HttpStatus.OK, fields);
  }

  /**
   * A page: {@code {"items":[…],"next":…}}.
   *
   * @param next what to ask for the next page with; null when there is none
   */
  static <T> Reply page(List<T> items, @Nullable String next, BiConsumer<JsonGenerator, T> writer) {
    return object(
        json -> {
          json.writeArrayPropertyStart("items");
          items.forEach(item -> writer.accept(json, item));
          json.writeEndArray();
          Json.writeText(json, "next", next);
        });
  }

  public static Reply of(Problem problem) {
    return new Reply(problem.status(), problem.headers(), Problem.CONTENT_TYPE, problem.json());
  }

  /** What the desk gave; throws what it refused. */
  static <T> T value(Result<T> result) {
    return result.orElseThrow(Problem::of);
  }

  /** After a change that has nothing to tell. */
  static Reply nothing(Result<?> result) {
    value(result);
    return NOTHING;
  }

  Reply with(String header, String text) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(header, text);
    return new Reply(status, all, contentType, body);
  }
}

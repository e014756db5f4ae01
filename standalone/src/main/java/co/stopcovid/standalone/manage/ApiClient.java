package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Asks the API for what the parts of {@code manage} show and do. */
final class ApiClient {
  private static final int LARGEST_PAGE = 500;
  private static final int FIRST_ERROR = 400;

  private final ApiLine line;

  ApiClient(ApiLine line) {
    this.line = line;
  }

  JsonNode get(String path) {
    return Json.parse(ask(HandlerType.GET, path, ""));
  }

  /** Does something that takes no more than its address. */
  JsonNode post(String path) {
    return parsed(ask(HandlerType.POST, path, ""));
  }

  JsonNode post(String path, Consumer<JsonGenerator> fields) {
    return parsed(ask(HandlerType.POST, path, Rows.object(fields)));
  }

  JsonNode put(String path, String body) {
    return parsed(ask(HandlerType.PUT, path, body));
  }

  JsonNode post(String path, String body) {
    return parsed(ask(HandlerType.POST, path, body));
  }

  JsonNode patch(String path, Consumer<JsonGenerator> fields) {
    return parsed(ask(HandlerType.PATCH, path, Rows.object(fields)));
  }

  void delete(String path) {
    ask(HandlerType.DELETE, path, "");
  }

  private static JsonNode parsed(String body) {
    return Json.parse(body.isEmpty() ? "null" : body);
  }

  /**
   * The body of a good answer.
   *
   * @throws RefusedException with the reason
   */
  private String ask(HandlerType method, String path, String body) {
    ApiLine.Said said = line.ask(method, path, body);
    if (said.status() >= FIRST_ERROR) {
      throw new RefusedException(Json.parse(said.body()).path("detail").asString());
    }
    return said.body();
  }

  /**
   * The items of a list, page by page.
   *
   * @param path with or without a query
   * @param after what to begin behind; null for the beginning
   * @param limit how many at most
   */
  void each(String path, @Nullable String after, int limit, Consumer<JsonNode> item) {
    int left = limit;
    String next = after;
    do {
      String page =
          path
              + (path.contains("?") ? "&" : "?")
              + "limit="
              + Math.min(left, LARGEST_PAGE)
              + (next == null ? "" : "&after=" + encode(next));
      JsonNode answer = get(page);
      answer.path("items").forEach(item);
      left -= answer.path("items").size();
      next = answer.path("next").isString() ? answer.path("next").stringValue() : null;
    } while (next != null && left > 0);
  }

  /** As a part of an address. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

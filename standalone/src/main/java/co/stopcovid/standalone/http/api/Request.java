package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.standalone.http.Problem;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a request says, checked. Each of these throws a {@link Problem} that names the place. */
final class Request {
  static final int LARGEST_PAGE = 500;
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST_PARAMETER = 2_000;

  private Request() {}

  static PhoneNumber phone(Call call) {
    return path(call, "phone", PhoneNumber::new);
  }

  /** A part of the path as a value. */
  static <T> T path(Call call, String name, Function<String, T> type) {
    return value(name, call.path(name), type);
  }

  /** A parameter of the query as a value; null when it is not there. */
  static <T> @Nullable T query(Call call, String name, Function<String, T> type) {
    List<String> values = call.query(name);
    if (values.size() > 1) {
      throw Problem.badRequest(name + ": is there more than once");
    }
    return values.isEmpty() ? null : value(name, values.getFirst(), type);
  }

  private static <T> T value(String name, String text, Function<String, T> type) {
    if (text.length() > LONGEST_PARAMETER) {
      throw Problem.badRequest(
          "%s: has more than %d characters".formatted(name, LONGEST_PARAMETER));
    }
    if (text.indexOf('\0') >= 0) {
      throw Problem.badRequest(name + ": must not hold the character NUL");
    }
    try {
      return type.apply(text);
    } catch (NumberFormatException e) {
      throw Problem.badRequest(name + ": must be a whole number");
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(name + ": " + e.getMessage());
    }
  }

  /** How many items a page may have. */
  static int limit(Call call) {
    Integer limit = query(call, "limit", Integer::valueOf);
    if (limit == null) {
      return USUAL_PAGE;
    }
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw Problem.badRequest("limit: must be 1 to " + LARGEST_PAGE);
    }
    return limit;
  }

  static @Nullable Boolean truth(Call call, String name) {
    return query(
        call,
        name,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("must be true or false");
            });
  }

  /**
   * The body as JSON.
   *
   * @param largest in bytes
   */
  static JsonNode json(Call call, int largest) throws IOException {
    return Json.parse(call.body(largest));
  }
}

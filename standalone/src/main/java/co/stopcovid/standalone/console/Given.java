package co.stopcovid.standalone.console;

import co.stopcovid.standalone.http.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Values in addresses, checked. */
final class Given {
  private static final int LONGEST = 1_000;

  private Given() {}

  /**
   * A part of an address as a value.
   *
   * @throws Problem when it is none
   */
  static <T> T parse(String text, Function<String, T> type) {
    if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
      throw Problem.badRequest("the address is not one of the console's");
    }
    try {
      return type.apply(text);
    } catch (NumberFormatException e) {
      throw Problem.badRequest("the address is not one of the console's");
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** {@code ?name=value&name=value}. */
  static String query(String... namesAndValues) {
    var query = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query
          .append(i == 0 ? '?' : '&')
          .append(namesAndValues[i])
          .append('=')
          .append(encode(namesAndValues[i + 1]));
    }
    return query.toString();
  }

  /** As a part of a path or a query. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

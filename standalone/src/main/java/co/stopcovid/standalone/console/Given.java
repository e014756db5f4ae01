package co.stopcovid.standalone.console;

import co.stopcovid.adapters.twilio.TwilioForm;
import co.stopcovid.standalone.http.BoundedBody;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Values in addresses, checked. */
final class Given {
  private static final int LONGEST = 1_000;

  /** A text of 1,600 characters, each of four bytes that are escaped. */
  private static final int LARGEST_FORM = 25_000;

  private static final int MOST_FIELDS = 10;

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

  /**
   * The fields of a form that was sent, each once.
   *
   * @throws Problem when it cannot be read
   */
  static Map<String, String> form(Context context) throws IOException {
    String form = new String(BoundedBody.read(context, LARGEST_FORM), StandardCharsets.UTF_8);
    try {
      return TwilioForm.parse(form, MOST_FIELDS).flat();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the form cannot be read");
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

package co.stopcovid.adapters.twilio;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form as Twilio posts it. A name may stand there more than once; {@link #first} is what counts.
 */
public final class TwilioForm {
  private final Map<String, List<String>> parameters;

  private TwilioForm(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads {@code application/x-www-form-urlencoded}.
   *
   * @param mostParameters more are refused
   * @throws IllegalArgumentException when the text is no such form
   */
  public static TwilioForm parse(String encoded, int mostParameters) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int count = 0;
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > mostParameters) {
        throw new IllegalArgumentException(
            "the form has more than %d parameters".formatted(mostParameters));
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
    }
    return new TwilioForm(parameters);
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  /** The same without characters that no database takes; a signature is of those with them. */
  TwilioForm withoutNul() {
    Map<String, List<String>> clean = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) ->
            clean
                .computeIfAbsent(withoutNul(name), key -> new ArrayList<>())
                .addAll(values.stream().map(TwilioForm::withoutNul).toList()));
    return new TwilioForm(clean);
  }

  static String withoutNul(String text) {
    return text.replace("\0", "");
  }

  public Optional<String> first(String name) {
    List<String> values = parameters.get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** Names and all their values, in the order received. */
  public Map<String, List<String>> all() {
    return parameters;
  }

  /** Names and their first values. */
  public Map<String, String> flat() {
    Map<String, String> flat = new LinkedHashMap<>();
    parameters.forEach((name, values) -> flat.put(name, values.getFirst()));
    return flat;
  }
}

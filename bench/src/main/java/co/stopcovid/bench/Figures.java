package co.stopcovid.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured, in the order in which it is shown. */
final class Figures {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** A number, rounded to so many places. */
  void add(String name, double value, int places) {
    values.put(name, String.format(Locale.ROOT, "%." + places + "f", value));
  }

  void add(String name, long value) {
    values.put(name, Long.toString(value));
  }

  void add(String name, String text) {
    values.put(name, "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
  }

  /** One object on one line. */
  String json() {
    var json = new StringBuilder("{");
    values.forEach(
        (name, value) -> {
          json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":");
          json.append(value);
        });
    return json.append('}').toString();
  }
}

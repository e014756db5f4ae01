package co.stopcovid.adapters.json;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The days of a schedule: {@code mon,wed} in the profile, {@code ["mon","wed"]} in JSON. */
final class TextLists {
  private static final Pattern DAYS =
      Pattern.compile("(mon|tue|wed|thu|fri|sat|sun)(,(mon|tue|wed|thu|fri|sat|sun)){0,6}");

  private TextLists() {}

  /** The elements of an array of texts, with commas between them. */
  static String read(Fields parent, String name, JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.isString()) {
        throw parent.malformed(name, "must be a list of texts");
      }
      texts.add(element.stringValue());
    }
    return String.join(",", texts);
  }

  /** What is stored in a profile. Days that were not read as such stay a text. */
  static void write(JsonGenerator json, String text) {
    if (!DAYS.matcher(text).matches()) {
      json.writeString(text);
      return;
    }
    json.writeStartArray();
    for (String day : text.split(",", -1)) {
      json.writeString(day);
    }
    json.writeEndArray();
  }
}

package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where a page ended, as a text that callers hand back and need not understand. */
record Cursor(List<String> parts) {
  private static final String STRANGE = "is not what a page gave as next";
  private static final long LATEST_MILLIS = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  Cursor {
    parts = List.copyOf(parts);
  }

  static String encode(String... parts) {
    String json =
        Json.write(
            array -> {
              array.writeStartArray();
              for (String part : parts) {
                array.writeString(part);
              }
              array.writeEndArray();
            });
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads what {@link #encode} made.
   *
   * @param size how many parts it has
   * @throws IllegalArgumentException when the text is something else
   */
  static Cursor decode(String text, int size) {
    try {
      JsonNode array = Json.parse(Base64.getUrlDecoder().decode(text));
      if (!array.isArray() || array.size() != size) {
        throw new IllegalArgumentException(STRANGE);
      }
      List<String> parts = new ArrayList<>(size);
      for (JsonNode part : array) {
        if (!part.isString() || part.stringValue().indexOf('\0') >= 0) {
          throw new IllegalArgumentException(STRANGE);
        }
        parts.add(part.stringValue());
      }
      return new Cursor(parts);
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw new IllegalArgumentException(STRANGE, e);
    }
  }

  String part(int index) {
    return parts.get(index);
  }

  /** As a time in milliseconds of the epoch, of which every store can tell. */
  Instant time(int index) {
    long millis = number(index);
    if (millis < 0 || millis > LATEST_MILLIS) {
      throw new IllegalArgumentException(STRANGE);
    }
    return Instant.ofEpochMilli(millis);
  }

  /** As a number. */
  long number(int index) {
    try {
      return Long.parseLong(part(index));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(STRANGE, e);
    }
  }
}

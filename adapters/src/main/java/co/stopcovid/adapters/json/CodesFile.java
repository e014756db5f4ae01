package co.stopcovid.adapters.json;

import co.stopcovid.adapters.languages.UsableCodes;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * A file of registration codes: {@code {"code":{"is_demo":false,"account_info":{…}}}}. Errors name
 * a code by its place in the file, because the codes themselves are secret.
 */
public final class CodesFile {
  /** The largest file, in bytes. */
  public static final int LARGEST = 100_000_000;

  private final Path file;
  private final Map<RegistrationCode, CodeVerdict.Valid> codes = new LinkedHashMap<>();
  private final Map<RegistrationCode, String> places = new HashMap<>();

  private CodesFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file of codes.
   *
   * @return the codes in the order of the file
   * @throws MalformedJsonException when the file cannot be read, has not that form, or holds a code
   *     twice; the message names file, line and place
   */
  public static Map<RegistrationCode, CodeVerdict.Valid> read(Path file) {
    var codes = new CodesFile(file);
    codes.read();
    return Collections.unmodifiableMap(codes.codes);
  }

  private void read() {
    try (JsonParser parser = Json.parserOf(bytes())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedJsonException(
            "%s:1: must be a JSON object {\"code\":{\"is_demo\":false,\"account_info\":{}}}"
                .formatted(file));
      }
      for (String code = parser.nextName(); code != null; code = parser.nextName()) {
        add(code, parser);
      }
      if (parser.nextToken() != null) {
        throw new MalformedJsonException(
            "%s:%d: more follows after the codes".formatted(file, line(parser)));
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new MalformedJsonException(
          "%s:%d: %s".formatted(file, line, Json.malformed(e).getMessage()), e);
    }
  }

  private byte[] bytes() {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new MalformedJsonException(
            "%s: has %d bytes; at most %d are allowed".formatted(file, size, LARGEST));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MalformedJsonException(
          "%s: the file of codes cannot be read (%s)".formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  private void add(String text, JsonParser parser) {
    int line = line(parser);
    String place = "%s:%d: code %d".formatted(file, line, places.size() + 1);
    try {
      parser.nextToken();
      JsonNode value = Json.tree(parser);
      RegistrationCode code = UsableCodes.parse(text);
      String earlier = places.putIfAbsent(code, "line " + line);
      if (earlier != null) {
        throw new MalformedJsonException(
            "is the same as the one of %s (capital and small letters make no difference)"
                .formatted(earlier));
      }
      Fields fields = Fields.of(value, "what a code stands for");
      codes.put(code, ValidCodeCodec.read(fields));
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw new MalformedJsonException(place + ": " + e.getMessage(), e);
    }
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}

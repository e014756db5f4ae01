package co.stopcovid.adapters.json;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON strictly and within bounds, without an object mapper: starting one costs
 * more than everything else that a short run does.
 */
public final class Json {
  /** The longest document, in characters or bytes. */
  public static final int LONGEST = 10_000_000;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxDocumentLength(LONGEST)
          .maxNestingDepth(32)
          .maxNameLength(1_000)
          .maxStringLength(100_000)
          .maxNumberLength(130)
          .build();
  private static final JsonFactory FACTORY =
      JsonFactory.builder().streamReadConstraints(BOUNDS).build();
  private static final JsonFactory LONG_DOCUMENTS =
      JsonFactory.builder()
          .streamReadConstraints(BOUNDS.rebuild().maxDocumentLength(-1).build())
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Jackson's messages that show no more of the text than one character. */
  private static final List<String> DISCREET =
      List.of("Unexpected character", "Unexpected end-of-input", "Unexpected close marker");

  private Json() {}

  /**
   * Reads one document.
   *
   * @throws MalformedJsonException when it is no JSON, has a key twice, is followed by more, or
   *     exceeds the bounds; the message names the position
   */
  public static JsonNode parse(String text) {
    if (text.length() > LONGEST) {
      throw new MalformedJsonException(
          "%d characters of JSON; at most %d are allowed".formatted(text.length(), LONGEST));
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return document(parser);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** Reads one document in UTF-8, like {@link #parse(String)}. */
  public static JsonNode parse(byte[] utf8) {
    if (utf8.length > LONGEST) {
      throw new MalformedJsonException(
          "%d bytes of JSON; at most %d are allowed".formatted(utf8.length, LONGEST));
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      return document(parser);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** For documents that are read bit by bit, of any length. */
  static JsonParser parserOf(byte[] utf8) {
    return LONG_DOCUMENTS.createParser(ObjectReadContext.empty(), utf8);
  }

  /** Writes one document, compact. */
  public static String write(Consumer<JsonGenerator> content) {
    var text = new StringWriter(1_000);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      content.accept(generator);
    }
    return text.toString();
  }

  /** A name with a text, or with null. */
  public static void writeText(JsonGenerator json, String name, @Nullable String text) {
    json.writeName(name);
    if (text == null) {
      json.writeNull();
    } else {
      json.writeString(text);
    }
  }

  /** A name with a time in UTC, or with null. */
  public static void writeTime(JsonGenerator json, String name, @Nullable Instant time) {
    writeText(json, name, time == null ? null : Timestamps.format(time));
  }

  private static JsonNode document(JsonParser parser) {
    if (parser.nextToken() == null) {
      throw new MalformedJsonException("there is no JSON, only an empty text");
    }
    JsonNode tree = tree(parser);
    if (parser.nextToken() != null) {
      throw new MalformedJsonException("more follows after the end of the JSON" + at(parser));
    }
    return tree;
  }

  /** The value that begins with the current token. The depth is bounded by the parser. */
  static JsonNode tree(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? NODES.numberNode(parser.getBigIntegerValue())
              : NODES.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new MalformedJsonException("no JSON value" + at(parser));
    };
  }

  /** Exactly as written, which a double would not be. */
  private static JsonNode decimal(JsonParser parser) {
    try {
      return DecimalNode.valueOf(parser.getDecimalValue());
    } catch (NumberFormatException e) {
      throw new MalformedJsonException("a number with too large an exponent" + at(parser), e);
    }
  }

  private static ObjectNode object(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      String where = object.has(name) ? at(parser) : null;
      if (where != null) {
        throw new MalformedJsonException("the key %s is there twice%s".formatted(name, where));
      }
      parser.nextToken();
      object.set(name, tree(parser));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(tree(parser));
    }
    return array;
  }

  private static String at(JsonParser parser) {
    return at(parser.currentTokenLocation());
  }

  private static String at(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** Says what is wrong without repeating the text, which may be private. */
  static MalformedJsonException malformed(JacksonException e) {
    String message = e.getOriginalMessage();
    if (e instanceof StreamConstraintsException) {
      return new MalformedJsonException("JSON beyond the bounds: " + message, e);
    }
    String reason = DISCREET.stream().anyMatch(message::startsWith) ? ": " + message : "";
    return new MalformedJsonException("not JSON" + at(e.getLocation()) + reason, e);
  }
}

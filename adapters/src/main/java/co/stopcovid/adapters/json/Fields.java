package co.stopcovid.adapters.json;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object, read by name and type. What is missing or of another type is a
 * {@link MalformedJsonException} that names the field by its path, such as {@code payload.From}. A
 * field that is null counts as missing.
 */
public final class Fields {
  private static final int UUID_LENGTH = 36;

  /** Of a field that is named in an error. */
  private static final int LONGEST_NAME = 40;

  private final JsonNode object;
  private final String path;
  private final @Nullable Fields parent;

  private Fields(JsonNode object, String path, @Nullable Fields parent) {
    this.object = object;
    this.path = path;
    this.parent = parent;
  }

  /**
   * The fields of a whole document.
   *
   * @param what the document in words, for error messages: {@code a command}
   */
  public static Fields of(JsonNode document, String what) {
    if (!document.isObject()) {
      throw new MalformedJsonException(
          "%s must be a JSON object, but this is %s".formatted(what, kind(document)));
    }
    return new Fields(document, "", null);
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    return find(name) != null;
  }

  /**
   * Checks that there are no others, which are most likely misspelt.
   *
   * @throws MalformedJsonException when there is one; the message names it and those that can be
   */
  public Fields only(String... names) {
    List<String> known = List.of(names);
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        throw malformed(
            shown, "is not known here; there can be %s".formatted(String.join(", ", known)));
      }
    }
    return this;
  }

  public Iterable<Map.Entry<String, JsonNode>> entries() {
    return object.properties();
  }

  public String text(String name) {
    return textOf(required(name, "a text"), name, "a text");
  }

  public @Nullable String textOrNull(String name) {
    JsonNode value = find(name);
    return value == null ? null : textOf(value, name, "a text");
  }

  /** A text, or a list of texts with commas between them. */
  public @Nullable String textOrListOrNull(String name) {
    JsonNode value = find(name);
    return value != null && value.isArray() ? TextLists.read(this, name, value) : textOrNull(name);
  }

  public boolean truth(String name) {
    JsonNode value = required(name, "true or false");
    if (!value.isBoolean()) {
      throw mismatch(name, value, "true or false");
    }
    return value.booleanValue();
  }

  /** Whether the field is there, and false. */
  public boolean isFalse(String name) {
    JsonNode value = find(name);
    return value != null && value.isBoolean() && !value.booleanValue();
  }

  /** True or false, or one of the two as a text in any case, as some services write it. */
  public boolean truthInWords(String name) {
    JsonNode value = required(name, "true or false");
    String words = value.isString() ? value.stringValue().strip() : "";
    return words.equalsIgnoreCase("true") || (!words.equalsIgnoreCase("false") && truth(name));
  }

  public boolean truthOr(String name, boolean otherwise) {
    return has(name) ? truth(name) : otherwise;
  }

  /** A whole number from least to most. */
  public long integer(String name, long least, long most) {
    JsonNode value = required(name, "a whole number");
    if (!value.isIntegralNumber()) {
      throw mismatch(name, value, "a whole number");
    }
    if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
      throw malformed(name, "must be a whole number from %d to %d".formatted(least, most));
    }
    return value.longValue();
  }

  public long integerOr(String name, long least, long most, long otherwise) {
    return has(name) ? integer(name, least, most) : otherwise;
  }

  public Fields object(String name) {
    JsonNode value = required(name, "an object");
    if (!value.isObject()) {
      throw mismatch(name, value, "an object");
    }
    return new Fields(value, name, this);
  }

  public @Nullable Fields objectOrNull(String name) {
    return has(name) ? object(name) : null;
  }

  /** An array of objects. */
  public List<Fields> objects(String name) {
    JsonNode array = required(name, "an array of objects");
    if (!array.isArray()) {
      throw mismatch(name, array, "an array of objects");
    }
    List<Fields> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String element = name + "[" + i + "]";
      if (!array.get(i).isObject()) {
        throw mismatch(element, array.get(i), "an object");
      }
      elements.add(new Fields(array.get(i), element, this));
    }
    return elements;
  }

  /** An array of texts; none when it is missing. */
  public List<String> textsOrNone(String name) {
    JsonNode array = find(name);
    if (array == null) {
      return List.of();
    }
    if (!array.isArray()) {
      throw mismatch(name, array, "an array of texts");
    }
    List<String> texts = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      texts.add(textOf(array.get(i), name + "[" + i + "]", "a text"));
    }
    return texts;
  }

  /** A text, or an array of one text or more. */
  public List<String> oneOrMoreTexts(String name) {
    String expected = "a text or an array of texts";
    JsonNode value = required(name, expected);
    if (!value.isArray()) {
      return List.of(textOf(value, name, expected));
    }
    if (value.isEmpty()) {
      throw mismatch(name, value, "at least one text");
    }
    return textsOrNone(name);
  }

  public PhoneNumber phone(String name) {
    return value(name, "a phone number in E.164 form (such as +12025550123)", PhoneNumber::new);
  }

  /** A decimal string; a JSON integer will do, too. */
  public SequenceNumber seq(String name) {
    JsonNode value = find(name);
    if (value != null && value.isIntegralNumber()) {
      return convert(name, value.asString(), SequenceNumber::parse);
    }
    return value(name, "a sequence number (a decimal string)", SequenceNumber::parse);
  }

  public Instant time(String name) {
    String expected = "a time in UTC (such as 2026-11-22T10:15:30.123Z)";
    String text = textOf(required(name, expected), name, expected);
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException e) {
      throw malformed(name, "must be " + expected, e);
    }
  }

  public @Nullable Instant timeOrNull(String name) {
    return has(name) ? time(name) : null;
  }

  public UUID uuid(String name) {
    return value(name, "a UUID", Fields::parseUuid);
  }

  public @Nullable UUID uuidOrNull(String name) {
    return has(name) ? uuid(name) : null;
  }

  /**
   * A text as a value type.
   *
   * @param expected what the field holds, in words
   * @param type makes the value; the message of its IllegalArgumentException becomes the reason
   */
  public <T> T value(String name, String expected, Function<String, T> type) {
    return convert(name, textOf(required(name, expected), name, expected), type);
  }

  private <T> T convert(String name, String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      throw malformed(name, String.valueOf(e.getMessage()), e);
    }
  }

  /** UUID.fromString alone would take 1-1-1-1-1. */
  private static UUID parseUuid(String text) {
    try {
      if (text.length() == UUID_LENGTH) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a UUID", e);
    }
    throw new IllegalArgumentException("not a UUID, which has 36 characters");
  }

  /** What is wrong with a field, to be thrown. */
  public MalformedJsonException malformed(String name, String reason) {
    return new MalformedJsonException(path(name) + ": " + reason);
  }

  private MalformedJsonException malformed(String name, String reason, Exception cause) {
    return new MalformedJsonException(path(name) + ": " + reason, cause);
  }

  private MalformedJsonException mismatch(String name, JsonNode value, String expected) {
    return malformed(name, "must be %s, but is %s".formatted(expected, kind(value)));
  }

  private @Nullable JsonNode find(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode required(String name, String expected) {
    JsonNode value = find(name);
    if (value == null) {
      throw malformed(name, "is missing; must be " + expected);
    }
    return value;
  }

  private String textOf(JsonNode value, String name, String expected) {
    if (!value.isString()) {
      throw mismatch(name, value, expected);
    }
    return value.stringValue();
  }

  private String path(String name) {
    var whole = new StringBuilder(name);
    for (Fields level = this; level != null; level = level.parent) {
      if (!level.path.isEmpty()) {
        whole.insert(0, '.').insert(0, level.path);
      }
    }
    return whole.toString();
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case STRING -> "a text";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "something else";
    };
  }
}

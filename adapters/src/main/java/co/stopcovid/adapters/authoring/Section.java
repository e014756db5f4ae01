package co.stopcovid.adapters.authoring;

import co.stopcovid.drills.EditDistance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A group of named values in a content file. What is not as it should be becomes a finding, and the
 * value null or empty.
 */
final class Section {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,9}");

  private final CourseDraft draft;
  private final String file;
  private final Node.Table table;
  private final String what;

  /**
   * @param what the thing in words, such as {@code prompt soap}; may be empty
   */
  Section(CourseDraft draft, String file, Node.Table table, String what) {
    this.draft = draft;
    this.file = file;
    this.table = table;
    this.what = what;
  }

  Section named(String name) {
    return new Section(draft, file, table, name);
  }

  Place place() {
    return new Place(file, table.line(), what);
  }

  /** Where a field stands; the section's own place when it is missing. */
  Place place(String field) {
    Node.Entry entry = table.find(field);
    return entry == null ? place() : new Place(file, entry.line(), what);
  }

  void error(String field, String reason, String fix) {
    draft.error(place(field), reason, fix);
  }

  void warning(String field, String reason, String fix) {
    draft.warning(place(field), reason, fix);
  }

  Set<String> names() {
    return table.entries().sequencedKeySet();
  }

  /** Fields with other names are mistyped, or meant for something else. */
  void knowsOnly(String... fields) {
    List<String> known = List.of(fields);
    for (String name : names()) {
      if (!known.contains(name)) {
        warning(
            name,
            "unknown field %s is passed over".formatted(name),
            nearest(name, known)
                .map(field -> "did you mean %s?".formatted(field))
                .orElse("remove it, or use one of " + String.join(", ", known)));
      }
    }
  }

  /** The known field that a name is most likely a slip of. */
  private static Optional<String> nearest(String name, List<String> known) {
    String typed = name.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    for (int slips = 0; slips <= Math.min(2, typed.length() / 2); slips++) {
      for (String field : known) {
        if (EditDistance.within(typed, field, slips)) {
          return Optional.of(field);
        }
      }
    }
    return Optional.empty();
  }

  boolean has(String field) {
    Node.Entry entry = table.find(field);
    return entry != null && !entry.isNull();
  }

  /** A text, or null where it is missing or no text. */
  @Nullable String text(String field) {
    Node value = value(field);
    return value == null ? null : text(field, value);
  }

  private @Nullable String text(String field, Node value) {
    if (value instanceof Node.Scalar(int line, String text, Node.Kind kind)
        && (kind == Node.Kind.QUOTED || kind == Node.Kind.PLAIN)) {
      if (text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        return text;
      }
      error(field, field + " holds a character that no phone can show", "type the text anew");
      return null;
    }
    mismatch(field, value, "a text", "put it in quotes");
    return null;
  }

  /** A truth value; null where the field is missing or something else. */
  @Nullable Boolean truth(String field) {
    if (!(value(field) instanceof Node.Scalar scalar)
        || (scalar.kind() != Node.Kind.TRUTH && scalar.kind() != Node.Kind.PLAIN)) {
      return null;
    }
    return switch (scalar.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  /** One text or a list of texts, blank ones left out with a warning. */
  List<String> oneOrMoreTexts(String field) {
    List<String> texts = new ArrayList<>();
    for (Node node : oneOrMore(field)) {
      String text = text(field, node);
      if (text != null && text.isBlank()) {
        warning(
            field, field + " has no text: it counts as missing", "give it a text, or remove it");
      } else if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** A text that must be there and not blank. */
  @Nullable String requiredText(String field, String fix) {
    String text = text(field);
    if (!has(field) || (text != null && text.isBlank())) {
      error(field, field + " is missing", fix);
      return null;
    }
    return text;
  }

  /** A text as a value type whose constructor refuses with a reason. */
  <T> @Nullable T value(String field, String text, Function<String, T> type, String fix) {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      error(field, String.valueOf(e.getMessage()), fix);
      return null;
    }
  }

  /** A whole number within bounds; the default where it is missing or none. */
  int integer(String field, int least, int most, int otherwise) {
    Node value = value(field);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Node.Scalar(int line, String text, Node.Kind kind)
        && (kind == Node.Kind.NUMBER || kind == Node.Kind.PLAIN)
        && WHOLE_NUMBER.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    error(
        field,
        "%s must be a whole number from %d to %d".formatted(field, least, most),
        "write such a number, or leave it out for %d".formatted(otherwise));
    return otherwise;
  }

  /** A group within this one; null where it is missing or no group, which is told elsewhere. */
  @Nullable Section group(String field) {
    return value(field) instanceof Node.Table group ? new Section(draft, file, group, what) : null;
  }

  /** A group within this one, or null where it is missing or no group. */
  @Nullable Section section(String field) {
    Node value = value(field);
    Section group = group(field);
    if (group != null) {
      return group;
    }
    if (value != null) {
      mismatch(field, value, "a group of named values", "look at README.md of the sample course");
    }
    return null;
  }

  /** All groups within this one, by their names. */
  SequencedMap<String, Section> sections() {
    var sections = new LinkedHashMap<String, Section>();
    for (String name : names()) {
      Section section = section(name);
      if (section != null) {
        sections.put(name, section);
      } else if (!has(name)) {
        error(name, name + " is empty", "fill it in, or remove it");
      }
    }
    return sections;
  }

  /** A list of groups; null where it is missing or no list. */
  @Nullable List<Section> list(String field) {
    Node value = value(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Node.Listing(int line, List<Node> elements))) {
      mismatch(field, value, "a list", "write a list there");
      return null;
    }
    List<Section> sections = new ArrayList<>();
    for (Node element : elements) {
      if (element instanceof Node.Table group) {
        sections.add(new Section(draft, file, group, what));
      } else {
        draft.error(
            new Place(file, element.line(), what),
            "each of %s must be a group of named values, but this is %s"
                .formatted(field, Node.describe(element)),
            "write name: value pairs");
      }
    }
    return sections;
  }

  /** The steps of a drill: a list of groups that must not be empty. */
  List<Section> steps(String field) {
    List<Section> steps = list(field);
    if (steps != null ? steps.isEmpty() : !has(field)) {
      error(field, "the drill has no prompts", "give it at least one, or remove it");
    }
    return steps == null ? List.of() : steps;
  }

  /** One scalar or group, or a list of them. */
  List<Node> oneOrMore(String field) {
    return switch (value(field)) {
      case null -> List.of();
      case Node.Listing listing -> listing.elements();
      case Node.Scalar scalar -> List.of(scalar);
      case Node.Table group -> List.of(group);
    };
  }

  Section of(Node.Table group) {
    return new Section(draft, file, group, what);
  }

  /** All texts of a group by their names, blank ones left out with a warning. */
  Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    for (String name : names()) {
      String text = text(name);
      if (text != null && !text.isBlank()) {
        texts.put(name, text);
      } else if (text != null || !has(name)) {
        warning(
            name,
            "%s has no text: it counts as missing".formatted(name),
            "give it a text, or remove it");
      }
    }
    return texts;
  }

  /**
   * Where each text of some fields stands, as it is written and as it is read; the first of a kind.
   */
  Map<String, Place> textPlaces(List<String> fields, UnaryOperator<String> asRead) {
    var places = new HashMap<String, Place>();
    for (String field : fields) {
      Node value = value(field);
      if (value != null) {
        collect(value, asRead, places);
      }
    }
    return places;
  }

  private void collect(Node node, UnaryOperator<String> asRead, Map<String, Place> places) {
    switch (node) {
      case Node.Scalar(int line, String text, Node.Kind kind) when kind == Node.Kind.NULL -> {}
      case Node.Scalar(int line, String text, Node.Kind kind) -> {
        places.putIfAbsent(text, new Place(file, line, what));
        places.putIfAbsent(asRead.apply(text), new Place(file, line, what));
      }
      case Node.Listing listing ->
          listing.elements().forEach(element -> collect(element, asRead, places));
      case Node.Table group ->
          group.entries().values().forEach(entry -> collect(entry.value(), asRead, places));
    }
  }

  private @Nullable Node value(String field) {
    Node.Entry entry = table.find(field);
    return entry == null || entry.isNull() ? null : entry.value();
  }

  private void mismatch(String field, Node value, String expected, String fix) {
    if (value instanceof Node.Table braces && braces.isBraces()) {
      draft.error(
          new Place(file, braces.line(), what),
          "%s begins with {{, which YAML takes for a group of values".formatted(field),
          "put the text in quotes: \"{{…}}\"");
      return;
    }
    error(field, "%s must be %s, but is %s".formatted(field, expected, Node.describe(value)), fix);
  }
}

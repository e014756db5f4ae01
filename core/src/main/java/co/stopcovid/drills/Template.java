package co.stopcovid.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with references in double braces: {@code Well done, {{name}}}. There is no logic in it.
 * Filling in replaces each reference once: what was filled in is not looked at again, so that a
 * learner who is called {@code {{company}}} stays so.
 */
public record Template(List<Part> parts) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\{\\s{0,10}([\\p{L}\\p{M}\\p{N}_.-]{1,200})\\s{0,10}}}");

  private static final Pattern LOGIC = Pattern.compile("\\{[%#]|[%#]}");

  /** A piece of a template. */
  public sealed interface Part {
    /** Text that stays as it is. */
    record Text(String text) implements Part {}

    /** A label or a value, by name. */
    record Reference(String name) implements Part {}
  }

  public Template {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when two opening braces begin no reference
   */
  public static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      addText(parts, text.substring(end, matcher.start()));
      parts.add(new Part.Reference(matcher.group(1)));
      end = matcher.end();
    }
    addText(parts, text.substring(end));
    return new Template(parts);
  }

  /** A template that is one reference and nothing else. */
  public static Template reference(String name) {
    return new Template(List.of(new Part.Reference(name)));
  }

  /** Whether a text holds what other programs take for logic: it would be sent as it stands. */
  public static boolean hasLogic(String text) {
    return LOGIC.matcher(text).find();
  }

  /** Whether a name can stand between the braces: letters of any script, digits, - _ and . */
  public static boolean isReference(String name) {
    Matcher matcher = REFERENCE.matcher("{{" + name + "}}");
    return matcher.matches() && matcher.group(1).equals(name);
  }

  private static void addText(List<Part> parts, String text) {
    int braces = text.indexOf("{{");
    if (braces >= 0) {
      throw new IllegalArgumentException(
          "no reference such as {{name}} begins at: "
              + text.substring(braces, Math.min(text.length(), braces + 30)));
    }
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
  }

  /** Names of the references, in order. */
  public List<String> references() {
    return parts.stream()
        .filter(Part.Reference.class::isInstance)
        .map(part -> ((Part.Reference) part).name())
        .toList();
  }

  /**
   * The text with every reference replaced. Where a reference is filled with nothing, the space
   * before it goes too: {@code Hello {{name}}!} becomes {@code Hello!}
   *
   * @param values gives the text of each reference
   */
  public String fill(Function<String, String> values) {
    var filled = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> filled.append(text.text());
        case Part.Reference reference -> {
          String value = values.apply(reference.name());
          if (value.isEmpty() && !filled.isEmpty() && filled.charAt(filled.length() - 1) == ' ') {
            filled.setLength(filled.length() - 1);
          }
          filled.append(value);
        }
      }
    }
    return filled.toString();
  }
}

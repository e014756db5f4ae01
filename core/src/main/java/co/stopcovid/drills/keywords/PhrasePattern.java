package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern over the words of a message, such as {@code <stop> <sending>? me|us ~ <message>}:
 * elements with a space between, each a word, words to choose from ({@code me|us}) or a class of
 * words or phrases ({@code <stop>}). {@code ?} behind an element makes it optional, {@code *} lets
 * it stand up to three times or not at all. {@code ~} is up to three words of any kind. In a
 * language without spaces a word is any string, and {@code ~} is up to six characters. {@code “} is
 * a quoted text, {@code ☺} are emoji, {@code |} alone is the end of a clause.
 */
final class PhrasePattern {
  private static final int MOST_REPEATS = 3;

  private final List<Element> elements;

  private record Element(List<String> words, boolean gap, boolean optional, boolean repeated) {}

  private PhrasePattern(List<Element> elements) {
    this.elements = elements;
  }

  /**
   * @throws IllegalArgumentException when it names a class that is not there
   */
  static PhrasePattern parse(String pattern, Map<String, List<String>> classes) {
    List<Element> elements = new ArrayList<>();
    for (String part : pattern.strip().split("\\s+", -1)) {
      char last = part.charAt(part.length() - 1);
      boolean marked = part.length() > 1 && (last == '?' || last == '*');
      String body = marked ? part.substring(0, part.length() - 1) : part;
      elements.add(
          new Element(
              words(body, pattern, classes), body.equals("~"), marked, marked && last == '*'));
    }
    return new PhrasePattern(elements);
  }

  private static List<String> words(
      String body, String pattern, Map<String, List<String>> classes) {
    if (body.length() == 1 && !Character.isLetterOrDigit(body.charAt(0))) {
      return List.of(body);
    }
    List<String> words = new ArrayList<>();
    for (String word : body.split("\\|", -1)) {
      if (!word.startsWith("<")) {
        words.add(word);
        continue;
      }
      List<String> members = classes.get(word.substring(1, word.length() - 1));
      if (members == null) {
        throw new IllegalArgumentException(
            "the pattern \"%s\" names a class that is not there: %s".formatted(pattern, word));
      }
      words.addAll(members);
    }
    return words.stream().map(FoldedText::words).toList();
  }

  /** Whether every text that it matches holds one of these words. */
  boolean needsOneOf(Set<String> folded) {
    return elements.stream()
        .anyMatch(element -> !element.optional() && folded.containsAll(element.words()));
  }

  /** What every text that it matches holds: of each list at least one phrase. */
  List<List<String>> needed() {
    return elements.stream()
        .filter(element -> !element.optional() && !element.gap())
        .map(Element::words)
        .toList();
  }

  /** As a regular expression over {@link SpokenText}; each word takes the space behind it. */
  String regex() {
    boolean spaceless = elements.stream().anyMatch(element -> isSpaceless(element.words()));
    return elements.stream()
        .map(element -> regex(element, spaceless))
        .collect(Collectors.joining());
  }

  private static boolean isSpaceless(List<String> words) {
    return FoldedText.isSpaceless(words.getFirst().codePointAt(0));
  }

  private static String regex(Element element, boolean spaceless) {
    if (element.gap()) {
      return spaceless ? "[^|]{0,6}?" : "(?:[^ |]+ ){0,3}?";
    }
    String any = anyOf(element.words());
    if (element.repeated()) {
      return any + "{0," + MOST_REPEATS + "}";
    }
    return element.optional() ? any + "?" : any;
  }

  /** Longer phrases first, so that a part of one never wins. */
  static String anyOf(List<String> words) {
    return words.stream()
        .sorted((one, other) -> Integer.compare(other.length(), one.length()))
        .map(PhrasePattern::literal)
        .collect(Collectors.joining("|", "(?:", ")"));
  }

  private static String literal(String word) {
    int last = word.codePointBefore(word.length());
    String quoted = Pattern.quote(word);
    return FoldedText.isSpaceless(last) ? quoted + " ?" : quoted + " ";
  }
}

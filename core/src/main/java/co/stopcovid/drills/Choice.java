package co.stopcovid.drills;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the choices that a message lists, as {@code b) wash your hands}.
 *
 * @param label the letter or number before it, folded: {@code b}
 * @param text what stands behind the label, as written
 */
public record Choice(String label, String text) {
  private static final String CLOSERS = ").]:、-–—=}】」,/）．：，";
  private static final int LONGEST_ROMAN = 4;
  private static final String BULLETS = " \t*•·>_-–—\u3000";

  public boolean isNumbered() {
    return Character.isDigit(label.charAt(0));
  }

  /**
   * The choices listed in a message, in order: lines such as {@code a) …}, {@code A. …}, {@code (a)
   * …}, {@code (ii) …}, {@code 1: …}, {@code a - …}, or several on one line when they are marked by
   * a bracket. Those lettered, or with Roman numerals, and those in digits are two lists. One lone
   * labelled line is no list.
   */
  public static List<Choice> listedIn(String message) {
    List<Choice> byLine = byLine(message);
    List<Choice> inline = InlineChoices.in(message);
    List<Choice> found = new ArrayList<>();
    for (boolean numbered : new boolean[] {false, true}) {
      List<Choice> lines = list(byLine, numbered);
      List<Choice> within = list(inline, numbered);
      found.addAll(within.size() > lines.size() ? within : lines);
    }
    return List.copyOf(found);
  }

  /** The label before a text such as {@code c) 20 seconds}, and what follows it; null: no label. */
  public static @Nullable Choice read(String line) {
    int i = skip(line, 0, BULLETS);
    boolean opened = i < line.length() && "([{（【「".indexOf(line.charAt(i)) >= 0;
    int start = opened ? i + 1 : i;
    int end = endOfLabel(line, start);
    if (end == start) {
      return null;
    }
    int closer = skip(line, end, " \t");
    if (closer == line.length() || !closes(line, end, closer)) {
      return null;
    }
    String text = line.substring(startOfText(line, closer)).strip();
    return text.isEmpty() ? null : new Choice(FoldedText.letters(line.substring(start, end)), text);
  }

  /** Labels without a mark count only where those with one make no list: "A cup" is none then. */
  private static List<Choice> byLine(String message) {
    List<Choice> marked = new ArrayList<>();
    List<Choice> all = new ArrayList<>();
    for (String line : message.lines().toList()) {
      Choice choice = read(line);
      if (choice != null) {
        marked.add(choice);
      } else {
        choice = readBare(line, all);
      }
      if (choice != null) {
        all.add(choice);
      }
    }
    return list(marked, false).isEmpty() ? all : marked;
  }

  /** {@code A gloves}: without a mark only as the first of a list or the next of it. */
  private static @Nullable Choice readBare(String line, List<Choice> before) {
    int start = skip(line, 0, BULLETS);
    int end = endOfLabel(line, start);
    if (end == start || end >= line.length() || line.charAt(end) != ' ') {
      return null;
    }
    String label = FoldedText.letters(line.substring(start, end));
    boolean numbered = Character.isDigit(label.charAt(0));
    List<Choice> same = before.stream().filter(c -> c.isNumbered() == numbered).toList();
    boolean next =
        same.isEmpty()
            ? label.equals("a") && Character.isUpperCase(line.charAt(start))
            : follows(same.getLast().label(), label);
    String text = line.substring(end).strip();
    return next && !text.isEmpty() && !numbered ? new Choice(label, text) : null;
  }

  private static boolean closes(String line, int end, int closer) {
    char c = line.charAt(closer);
    if (CLOSERS.indexOf(c) < 0) {
      return false;
    }
    char next = closer + 1 < line.length() ? line.charAt(closer + 1) : ' ';
    boolean number = Character.isDigit(line.charAt(end - 1));
    return switch (c) {
      case '-', '–', '—', '=', '/' -> Character.isWhitespace(next) && (closer > end || !number);
      case '.', ':', '．', '：' -> !(number && Character.isDigit(next));
      case ',', '，' -> false;
      default -> true;
    };
  }

  /** Behind the marks that close a label; the minus of a number is none of them. */
  private static int startOfText(String line, int closer) {
    int start = skip(line, closer, CLOSERS + BULLETS);
    boolean number = start < line.length() && Character.isDigit(line.charAt(start));
    boolean minus = number && start - 1 > closer && "-–−—".indexOf(line.charAt(start - 1)) >= 0;
    return minus ? start - 1 : start;
  }

  static int endOfLabel(String text, int start) {
    int end = start;
    while (end < text.length() && end < start + 2 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    end = Math.max(end, endOfRoman(text, start));
    if (end == start && end < text.length() && isLabelLetter(text.charAt(end))) {
      end++;
    }
    boolean whole = end == text.length() || !FoldedText.isWordPart(text.charAt(end));
    return whole || FoldedText.isSpaceless(text.charAt(end)) ? end : start;
  }

  /** Behind a numeral such as "iii"; the start: there is none. */
  private static int endOfRoman(String text, int start) {
    int end = start;
    while (end < text.length() && end - start < LONGEST_ROMAN && isRomanLetter(text.charAt(end))) {
      end++;
    }
    boolean numeral = RomanNumerals.value(FoldedText.letters(text.substring(start, end))) > 0;
    return numeral ? end : start;
  }

  private static boolean isRomanLetter(char c) {
    return "ivxIVX".indexOf(c) >= 0 || (c >= 'Ⅰ' && c <= 'Ⅻ');
  }

  private static boolean isLabelLetter(char c) {
    return Character.isLetter(c) && !FoldedText.isSpaceless(c);
  }

  private static int skip(String text, int from, String characters) {
    int i = from;
    while (i < text.length() && characters.indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  /** The lettered or the numbered ones, when they are two or more, each once and in order. */
  private static List<Choice> list(List<Choice> all, boolean numbered) {
    List<Choice> list = all.stream().filter(c -> c.isNumbered() == numbered).toList();
    if (list.size() < 2) {
      return List.of();
    }
    for (int i = 1; i < list.size(); i++) {
      if (!follows(list.get(i - 1).label(), list.get(i).label())) {
        return List.of();
      }
    }
    return list;
  }

  private static boolean followsAsRoman(String label, String next) {
    int value = RomanNumerals.value(label);
    return value > 0 && RomanNumerals.value(next) == value + 1;
  }

  static boolean follows(String label, String next) {
    if (Character.isDigit(label.charAt(0)) != Character.isDigit(next.charAt(0))) {
      return false;
    }
    return Character.isDigit(label.charAt(0))
        ? Integer.parseInt(next) == Integer.parseInt(label) + 1
        : (next.length() == 1 && label.length() == 1 && next.charAt(0) == label.charAt(0) + 1)
            || followsAsRoman(label, next);
  }
}

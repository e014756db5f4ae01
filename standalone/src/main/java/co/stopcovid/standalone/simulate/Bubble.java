package co.stopcovid.standalone.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Lays text out in a frame, like a message on a phone. Wide characters take two columns. */
final class Bubble {
  /** Control characters of any set, and marks that turn the direction of what follows. */
  private static final String STEERING = "[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]";

  /** What each line of text begins and ends with. */
  static final String SIDE = "│";

  private static final int WIDEST = 60;
  private static final int NARROWEST = 10;
  private static final int FRAME = 6;
  private static final int MARGIN = 2;

  private final int width;

  /** What there is for lines without a frame, beside the margin. */
  private final int screen;

  private final IntUnaryOperator columns;

  /**
   * @param screenWidth in columns
   * @param columns how many columns a code point takes
   */
  Bubble(int screenWidth, IntUnaryOperator columns) {
    this.screen = screenWidth - MARGIN;
    this.width = Math.clamp(screenWidth - FRAME, NARROWEST, WIDEST);
    this.columns = columns;
  }

  /** The lines of the bubble, frame included. */
  List<String> draw(String text) {
    List<String> lines = wrap(text);
    int inner = lines.stream().mapToInt(this::measure).max().orElse(0);
    List<String> drawn = new ArrayList<>();
    drawn.add("╭" + "─".repeat(inner + 2) + "╮");
    for (String line : lines) {
      drawn.add(SIDE + " " + line + " ".repeat(inner - measure(line)) + " " + SIDE);
    }
    drawn.add("╰" + "─".repeat(inner + 2) + "╯");
    return drawn;
  }

  /** Breaks lines between words, between Chinese characters, and in words that are too long. */
  List<String> wrap(String text) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.strip().split("\\R", -1)) {
      wrapParagraph(printable(paragraph), lines);
    }
    return lines;
  }

  /** A line broken between words, each part as far in as the line begins. */
  List<String> indented(String line) {
    if (measure(line) <= screen) {
      return List.of(line);
    }
    int spaces = line.length() - line.stripLeading().length();
    var narrower = new Bubble(screen + FRAME - spaces, columns);
    return narrower.wrap(line).stream().map(part -> " ".repeat(spaces) + part).toList();
  }

  private void wrapParagraph(String text, List<String> lines) {
    var line = new StringBuilder();
    int used = 0;
    for (String piece : pieces(text)) {
      int size = measure(piece);
      if (used + measure(piece.stripTrailing()) > width && used > 0) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        used = 0;
      }
      for (int i = 0; i < piece.length() && size > width; ) {
        int codePoint = piece.codePointAt(i);
        if (used + columnsOf(codePoint) > width) {
          lines.add(line.toString());
          line.setLength(0);
          used = 0;
        }
        line.appendCodePoint(codePoint);
        used += columnsOf(codePoint);
        i += Character.charCount(codePoint);
      }
      if (size <= width) {
        line.append(piece);
        used += size;
      }
    }
    lines.add(line.toString().stripTrailing());
  }

  /** Words with the spaces behind them; a wide character is a piece of its own. */
  private List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int end = i + Character.charCount(codePoint);
      boolean wide = columnsOf(codePoint) == 2;
      boolean wordEnds = codePoint == ' ' && end < text.length() && text.charAt(end) != ' ';
      if (wide && start < i && !isClosing(codePoint)) {
        pieces.add(text.substring(start, i));
        start = i;
      }
      if ((wide || wordEnds) && (end == text.length() || !isClosing(text.codePointAt(end)))) {
        pieces.add(text.substring(start, end));
        start = end;
      }
      i = end;
    }
    if (start < text.length()) {
      pieces.add(text.substring(start));
    }
    return pieces;
  }

  /** Punctuation that must not begin a line. */
  private static boolean isClosing(int codePoint) {
    return "，。！？；：、）》”’…,.!?;:)".indexOf(codePoint) >= 0;
  }

  private int measure(String text) {
    return text.codePoints().map(this::columnsOf).sum();
  }

  private int columnsOf(int codePoint) {
    return Math.max(0, columns.applyAsInt(codePoint));
  }

  /** A message must not steer the terminal: control characters are left out. */
  private static String printable(String text) {
    return text.replace('\t', ' ').replaceAll(STEERING, "");
  }
}

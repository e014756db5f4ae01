package co.stopcovid.drills.grading;

import co.stopcovid.drills.FoldedText;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into words, numbers and the signs that carry meaning. Linear in the text's length.
 */
final class Tokenizer {
  private static final String SIGNS = "%°$€£¥/&+<>≤≥²³⁄";
  private static final String DASHES = "-‐‑‒–—―−﹣－~〜∼";
  private static final String PARTING = ",.;:!?()[]\n。、…\"";

  private static final int LONGEST_RUN = 3;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();

  /** The end of the token before. */
  private int lastEnd;

  private Tokenizer(String folded) {
    this.text = folded;
  }

  /** The tokens of a text as typed. */
  static List<Token> tokens(String text) {
    var tokenizer = new Tokenizer(FoldedText.letters(text));
    int at = 0;
    while (at < tokenizer.text.length()) {
      at = tokenizer.next(at);
    }
    return tokenizer.tokens;
  }

  /** Reads the token at a place, or passes over what is none. */
  private int next(int at) {
    int c = text.codePointAt(at);
    if (isDigit(c) || (c == '.' && startsFraction(at))) {
      int end = NumberText.end(text, at);
      add(Token.Kind.NUMBER, NumberText.canonical(text, at, end), at, end);
      return end;
    }
    if (FoldedText.isSpaceless(c)) {
      int end = at + Character.charCount(c);
      add(Token.Kind.WORD, text.substring(at, end), at, end);
      return end;
    }
    if (FoldedText.isWordPart(c)) {
      return word(at);
    }
    if (isDash(c)) {
      if (isMinusOrRange(at)) {
        add(Token.Kind.SIGN, "-", at, at + 1);
      }
      return at + 1;
    }
    if (c == ':' && isBetweenDigits(at)) {
      add(Token.Kind.SIGN, ":", at, at + 1);
      return at + 1;
    }
    if (SIGNS.indexOf(c) >= 0) {
      add(Token.Kind.SIGN, sign((char) c), at, at + 1);
      return at + 1;
    }
    return at + Character.charCount(c);
  }

  private static String sign(char c) {
    return switch (c) {
      case '≤' -> "<=";
      case '≥' -> ">=";
      case '\u2044' -> "/";
      default -> String.valueOf(c);
    };
  }

  private int word(int start) {
    word.setLength(0);
    int i = start;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (FoldedText.isWordPart(c) && !isDigit(c) && !FoldedText.isSpaceless(c)) {
        word.appendCodePoint(c);
      } else if (!FoldedText.isJoiningApostrophe(text, i)) {
        break;
      }
      i += Character.charCount(c);
    }
    shortenRuns();
    add(Token.Kind.WORD, word.toString(), start, i);
    return i;
  }

  /** "Nooo" is "no": three of one letter are more than any word has; "iii" and "aaa" stay. */
  private void shortenRuns() {
    int length = word.length();
    int kept = 0;
    for (int i = 0; i < length; ) {
      int end = i + 1;
      while (end < length && word.charAt(end) == word.charAt(i)) {
        end++;
      }
      int copies = end - i >= LONGEST_RUN && end - i < length ? 1 : end - i;
      for (int copy = 0; copy < copies; copy++) {
        word.setCharAt(kept++, word.charAt(i));
      }
      i = end;
    }
    word.setLength(kept);
  }

  private void add(Token.Kind kind, String value, int start, int end) {
    char before = 0;
    boolean opensPart = false;
    for (int i = lastEnd; i < start; i++) {
      char c = text.charAt(i);
      if (isMark(c)) {
        before = isDash(c) ? '-' : c;
        opensPart |= PARTING.indexOf(c) >= 0;
      }
    }
    int mark = end;
    while (mark < text.length() && Character.isWhitespace(text.charAt(mark))) {
      mark++;
    }
    char after = mark < text.length() && isMark(text.charAt(mark)) ? text.charAt(mark) : 0;
    boolean last = mark + 1 >= text.length();
    boolean detached = mark > end || last || Character.isWhitespace(text.charAt(mark + 1));
    boolean glued = start == lastEnd && !tokens.isEmpty();
    tokens.add(
        new Token(
            kind,
            value,
            text.substring(start, end),
            glued,
            before,
            isDash(after) ? '-' : after,
            detached,
            opensPart));
    lastEnd = end;
  }

  private boolean startsFraction(int at) {
    boolean free = at == 0 || !FoldedText.isWordPart(text.codePointBefore(at));
    return free && at + 1 < text.length() && isDigit(text.charAt(at + 1));
  }

  /**
   * Whether a dash belongs to the numbers around it. It parts words everywhere else: "c - 165" and
   * "B-12" hold no minus.
   */
  private boolean isMinusOrRange(int at) {
    int next = skipBlanks(at + 1);
    if (next >= text.length() || !(isDigit(text.charAt(next)) || text.charAt(next) == '.')) {
      return false;
    }
    int before = at - 1;
    while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    if (before < 0) {
      return true;
    }
    char c = text.charAt(before);
    boolean afterNumber = isDigit(c) || c == '%' || c == '°' || endsAmount(before);
    boolean glued = next == at + 1;
    boolean free = before < at - 1 || !FoldedText.isWordPart(c);
    return afterNumber || (glued && free);
  }

  /** Whether the letters that end here are glued to a number, as in "2m". */
  private boolean endsAmount(int end) {
    int i = end;
    while (i >= 0 && end - i < 4 && text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
      i--;
    }
    return i < end && i >= 0 && (isDigit(text.charAt(i)) || text.charAt(i) == '°');
  }

  private boolean isBetweenDigits(int at) {
    int next = skipBlanks(at + 1);
    int before = at - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    return before >= 0
        && next < text.length()
        && isDigit(text.charAt(before))
        && isDigit(text.charAt(next));
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isDash(int c) {
    return DASHES.indexOf(c) >= 0;
  }

  private static boolean isMark(char c) {
    return !Character.isWhitespace(c)
        && !Character.isLetterOrDigit(c)
        && SIGNS.indexOf(c) < 0
        && !Character.isSurrogate(c);
  }
}

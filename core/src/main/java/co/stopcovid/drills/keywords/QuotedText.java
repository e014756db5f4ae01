package co.stopcovid.drills.keywords;

import java.util.ArrayList;
import java.util.List;

/**
 * A message around the text that it quotes.
 *
 * @param before with the name of a reaction that is quoted by itself ("« J'aime »")
 * @param after empty where the quote was cut off
 */
record QuotedText(String before, String after) {
  private static final String OPENING = "“„‟”«‹「『《〈〝＂\"";
  private static final String CLOSING = "”“»›」』》〉〞〟＂\"";

  /** The same mark opens and closes. */
  private static final String UNDIRECTED = "\"＂”";

  /** Marks that are apostrophes too: they open at the start of a word alone, and have to close. */
  private static final String SINGLE = "'‘‛`´’‚";

  private static final int LONGEST_NAME = 24;

  /** What stands before a quote is short. */
  private static final int LONGEST_BEFORE = 80;

  /** How a message may be read as a quote with something around it, the likeliest first. */
  static List<QuotedText> readings(String message) {
    List<QuotedText> readings = new ArrayList<>();
    int from = opening(message, 0);
    if (from < 0 || from > LONGEST_BEFORE) {
      return readings;
    }
    add(readings, message, from);
    int nameEnd = closing(message, from);
    if (nameEnd > 0 && nameEnd - from <= LONGEST_NAME) {
      var named = new StringBuilder(message);
      named.setCharAt(from, ' ');
      named.setCharAt(nameEnd, ' ');
      int next = opening(message, nameEnd + 1);
      if (next > 0 && next <= LONGEST_BEFORE) {
        add(readings, named.toString(), next);
      }
    }
    return readings;
  }

  private static void add(List<QuotedText> readings, String message, int from) {
    String before = message.substring(0, from);
    int to = lastClosing(message, from);
    if (to > from) {
      readings.add(new QuotedText(before, message.substring(to + 1)));
    }
    if (isCutOff(message, from)) {
      readings.add(new QuotedText(before, ""));
    }
  }

  /** Cheap, for the messages of which nearly all quote nothing. */
  static boolean isIn(String message) {
    int from = opening(message, 0);
    return from >= 0 && from <= LONGEST_BEFORE;
  }

  private static int opening(String message, int start) {
    for (int i = start; i < message.length(); i++) {
      char c = message.charAt(i);
      if (OPENING.indexOf(c) >= 0 || (SINGLE.indexOf(c) >= 0 && isBetweenWords(message, i - 1))) {
        return i;
      }
    }
    return -1;
  }

  private static int closing(String message, int opening) {
    for (int i = opening + 2; i < message.length(); i++) {
      if (closes(message, i, opening)) {
        return i;
      }
    }
    return -1;
  }

  private static int lastClosing(String message, int opening) {
    for (int i = message.length() - 1; i > opening; i--) {
      if (closes(message, i, opening)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean closes(String message, int at, int opening) {
    char c = message.charAt(at);
    return SINGLE.indexOf(message.charAt(opening)) >= 0
        ? SINGLE.indexOf(c) >= 0 && isBetweenWords(message, at + 1)
        : CLOSING.indexOf(c) >= 0;
  }

  /** Whether the quote, or one in it, has no closing mark. */
  private static boolean isCutOff(String message, int opening) {
    char mark = message.charAt(opening);
    if (SINGLE.indexOf(mark) >= 0) {
      return false;
    }
    int open = 0;
    for (int i = opening; i < message.length() && UNDIRECTED.indexOf(mark) < 0; i++) {
      char c = message.charAt(i);
      if (c == mark) {
        open++;
      } else if (CLOSING.indexOf(c) >= 0) {
        open--;
      }
    }
    return open > 0 || lastClosing(message, opening) < 0 || message.endsWith("…");
  }

  /** Whether no Latin word reaches to here; Chinese writes no spaces. */
  private static boolean isBetweenWords(String message, int at) {
    if (at < 0 || at >= message.length()) {
      return true;
    }
    char c = message.charAt(at);
    return !Character.isLetterOrDigit(c) || Character.isIdeographic(c);
  }
}

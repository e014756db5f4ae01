package co.stopcovid.drills.grading;

import java.util.ArrayList;
import java.util.List;

/** A bracket in an answer is another way to say it: "165°F (74°C)". */
final class Brackets {
  private static final String OPENING = "([（［";
  private static final String CLOSING = ")]）］";

  private Brackets() {}

  /** The text as written, without its bracket, and the bracket alone. */
  static List<String> forms(String text) {
    List<String> forms = new ArrayList<>();
    forms.add(text);
    int open = indexOfAny(text, OPENING, 1);
    int close = open < 0 ? -1 : indexOfAny(text, CLOSING, open);
    if (close < 0) {
      return forms;
    }
    String outside = text.substring(0, open) + " " + text.substring(close + 1);
    String inside = text.substring(open + 1, close);
    // "glove(s)" is an ending, no other way to say it.
    boolean glued = Character.isLetter(text.charAt(open - 1)) && inside.length() <= 3;
    if (glued) {
      forms.add(text.substring(0, open) + text.substring(close + 1));
      forms.add(text.substring(0, open) + inside + text.substring(close + 1));
      return forms;
    }
    forms.add(outside);
    if (!inside.isBlank()) {
      forms.add(inside);
    }
    String numbers = number(outside) + "/" + number(inside);
    if (numbers.length() > 2 && !numbers.startsWith("/") && !numbers.endsWith("/")) {
      forms.add(numbers);
    }
    return forms;
  }

  /** The digits of a text with one number; else empty. */
  private static String number(String text) {
    String digits = text.replaceAll("[^0-9]+", " ").strip();
    return digits.indexOf(' ') < 0 ? digits : "";
  }

  private static int indexOfAny(String text, String marks, int from) {
    for (int i = from; i < text.length(); i++) {
      if (marks.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}

package co.stopcovid.drills.keywords;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** A message as it was written, of which names and codes are kept as they are. */
final class RawText {
  private RawText() {}

  /** What stands between white space; may be changed. */
  static List<String> words(String text) {
    return new ArrayList<>(
        Arrays.stream(text.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList());
  }

  /**
   * Without what stands around.
   *
   * @param begins the characters with which it may begin; it ends with a letter or a digit
   */
  static String withoutMarks(String text, IntPredicate begins) {
    int from = 0;
    int to = text.length();
    while (from < to && !begins.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (to > from && !Character.isLetterOrDigit(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }
}

package co.stopcovid.drills.grading;

import java.util.List;
import java.util.Set;

/**
 * What a question says that matters to its answers.
 *
 * @param words what an answer merely repeats of it
 * @param quantities the quantities in it
 * @param units the units of measure in it
 * @param signs the comparisons in it, as "at most"
 * @param negated the words that stand behind a negation in it
 * @param order whether it asks for what comes in an order, such as steps
 * @param ordinals the ordinals in it, such as the "first" of "what do you do first"
 * @param text its words one after another, with a blank around each
 */
record QuestionFacts(
    Set<String> words,
    List<Quantity> quantities,
    Set<String> units,
    Set<String> signs,
    Set<String> negated,
    boolean order,
    Set<String> ordinals,
    String text) {
  /**
   * Whether two words stand in the question one after another, or with one between; of a script
   * without spaces, with two.
   */
  boolean says(String first, String next) {
    int at = text.indexOf(" " + first + " ");
    int between = Words.isSpaceless(first) ? 2 : 1;
    int behind = at < 0 ? -1 : at + first.length() + 1;
    for (int i = 0; i <= between && behind >= 0; i++) {
      if (text.startsWith(" " + next + " ", behind)) {
        return true;
      }
      behind = text.indexOf(' ', behind + 1);
    }
    return false;
  }

  /** Whether the question itself moves the number so, as in "at most how many". */
  boolean compares(String sign) {
    return signs.contains(sign) || (sign.equals(">=") && signs.contains("=>"));
  }

  boolean saysAtMost() {
    return signs.contains("<=") || signs.contains("<");
  }
}

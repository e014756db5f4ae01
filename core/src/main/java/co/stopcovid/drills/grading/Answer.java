package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One text that counts as an option of a prompt, prepared for comparison.
 *
 * @param full the words with weight
 * @param lean those of them that the question does not say already and that other options lack
 * @param amounts the numbers in it
 * @param yesNo whether it is no more than a yes or a no; null: neither
 * @param meaning what it means as a whole, such as "all"; null: what its words say
 */
record Answer(
    Wording full,
    Wording lean,
    List<Amount> amounts,
    @Nullable Boolean yesNo,
    @Nullable String meaning) {
  static Answer of(Lexicon lexicon, Reading reading, Set<String> repeated) {
    Wording full = Wording.of(reading);
    String meaning = lexicon.meaning(reading.words());
    return new Answer(
        full,
        full.without(repeated),
        Amount.in(reading.terms()),
        YesNoRule.whole(lexicon, reading),
        meaning == null ? lexicon.meaning(reading.wordsWithoutFillers()) : meaning);
  }

  /**
   * A number in an answer.
   *
   * @param unit its unit of measure; null: it has none
   */
  record Amount(String number, @Nullable String unit) {
    static List<Amount> in(List<Term> terms) {
      List<Amount> amounts = new ArrayList<>(2);
      for (int i = 0; i < terms.size(); i++) {
        if (terms.get(i).kind() == Kind.NUMBER) {
          String unit = unitAt(terms, i + 1);
          if (unit == null) {
            unit = unitAt(terms, i - 1);
          }
          amounts.add(new Amount(terms.get(i).value(), unit));
        }
      }
      return amounts;
    }

    private static @Nullable String unitAt(List<Term> terms, int at) {
      boolean unit = at >= 0 && at < terms.size() && terms.get(at).kind() == Kind.UNIT;
      return unit ? terms.get(at).value() : null;
    }
  }
}

package co.stopcovid.drills.grading;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A prompt with its options, prepared for grading.
 *
 * @param options what the prompt lists; only the right answer where it lists nothing
 * @param right the right one among the options
 * @param labels the labels that a reply can name
 * @param repeated words that an answer merely repeats of the question or of every option
 * @param facts what else the question says
 */
record Prompt(
    Lexicon lexicon,
    List<Option> options,
    Option right,
    Set<String> labels,
    Set<String> repeated,
    QuestionFacts facts,
    Spelling spelling) {

  /** Whether the prompt lists options, so that a reply can name a wrong one. */
  boolean isList() {
    return options.size() > 1;
  }

  @Nullable Option labelled(String label) {
    for (Option option : options) {
      if (label.equals(option.label())) {
        return option;
      }
    }
    return null;
  }

  Reading read(String text) {
    return Reader.read(lexicon, text);
  }

  /** A reply's wording, without negations that only repeat the question. */
  Wording wording(Reading reading) {
    Wording full = Wording.of(reading);
    return facts.negatedWords().isEmpty() ? full : facts.withoutRepeatedNegations(full);
  }

  /**
   * What a question says that matters to its answers.
   *
   * @param numbers the numbers in it
   * @param units the units of measure in it
   * @param signs the comparisons in it, as "at most"
   * @param negatedWords the words that stand behind a negation in it
   */
  record QuestionFacts(
      Set<String> numbers, Set<String> units, Set<String> signs, Set<String> negatedWords) {
    Wording withoutRepeatedNegations(Wording wording) {
      if (!wording.has(Term.Kind.NOT)) {
        return wording;
      }
      List<Term> terms = wording.terms();
      var rest = new java.util.ArrayList<Term>(terms.size());
      for (int i = 0; i < terms.size(); i++) {
        boolean repeats =
            terms.get(i).kind() == Term.Kind.NOT
                && i + 1 < terms.size()
                && terms.size() > 2
                && negatedWords.contains(terms.get(i + 1).value());
        if (!repeats) {
          rest.add(terms.get(i));
        }
      }
      return new Wording(rest);
    }
  }
}

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
 * @param asked what else the question says
 * @param kept phrases that have weight here, since an option is made of them
 * @param words how near a typed word is to one of the prompt
 */
record Prompt(
    Lexicon lexicon,
    List<Option> options,
    Option right,
    Set<String> labels,
    QuestionFacts asked,
    Words words,
    Set<String> kept) {

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

  /** Whether an option itself says why. */
  boolean givesReasons() {
    return options.stream()
        .anyMatch(option -> option.forms().stream().anyMatch(form -> form.has(Term.Kind.BECAUSE)));
  }

  /** Whether a yes only agrees, since no option is a yes, a no, or true or false. */
  boolean takesAssent() {
    return options.stream()
        .noneMatch(
            option ->
                option.yesNo() != null
                    || option.leads() != null
                    || option.means("true")
                    || option.means("false"));
  }

  /** Whether a term only repeats a word of the question, in any form of it. */
  boolean repeats(Term term) {
    if (asked.words().contains(term.value())) {
      return true;
    }
    if (!term.isWord() || term.surface().indexOf(' ') >= 0 || term.surface().length() < 3) {
      return false;
    }
    for (String word : asked.words()) {
      if (word.charAt(0) == term.surface().charAt(0)
          && (words.repeats(term.surface(), word) || isShort(term.surface(), word))) {
        return true;
      }
    }
    return false;
  }

  /** "temp" for the "temperature" of the question. */
  private static boolean isShort(String typed, String word) {
    return typed.length() >= Words.MIN_LETTERS && word.startsWith(typed);
  }

  Reading read(String text) {
    return Reader.read(lexicon, text, kept);
  }

  /** The verdict on a reply that says one option. */
  Verdict chosen(Option option, String reason) {
    return option.is(right)
        ? Verdict.right(reason, option.label())
        : Verdict.wrong(
            "names " + option.name() + ", the answer is " + right.name(), option.label());
  }
}

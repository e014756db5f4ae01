package co.stopcovid.drills.grading;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the answers that a prompt offers, or its only known answer.
 *
 * @param index its place among the prompt's options, by which it is told from them
 * @param label the letter or number before it; null: it has none
 * @param answers its text, and other texts that stand for the same
 * @param mentions the labels of other options that it takes together, as "both a and b"
 * @param words its texts as they are looked up, word for word
 * @param leads whether it starts with a yes or a no and goes on; null: it does not
 */
record Option(
    int index,
    @Nullable String label,
    List<Answer> answers,
    Set<String> mentions,
    Set<String> words,
    @Nullable Boolean leads) {
  boolean is(Option other) {
    return index == other.index;
  }

  Answer main() {
    return answers.getFirst();
  }

  /** Whether another option is part of its text. */
  boolean holds(Option other) {
    return is(other) || main().full().count(other.main().full()) > 0;
  }

  /** Whether it is a yes or a no and nothing else; null: neither. */
  @Nullable Boolean yesNo() {
    return main().yesNo();
  }

  boolean means(String meaning) {
    return answers.stream().anyMatch(answer -> meaning.equals(answer.meaning()));
  }

  boolean isNegated() {
    return main().full().has(Term.Kind.NOT);
  }

  /** How a reason calls it. */
  String name() {
    return label == null ? "the answer" : "option " + label + ")";
  }
}

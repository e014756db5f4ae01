package co.stopcovid.drills.grading;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the answers that a prompt offers, or its only known answer.
 *
 * @param index its place among the prompt's options, by which it is told from them
 * @param label the letter or number before it; null: it has none
 * @param forms the ways to say it; the first is its text
 * @param mentions the labels of other options that it takes together, as "both a and b"
 * @param yesNo whether it is a yes or a no and nothing else; null: neither
 * @param leads whether it starts with a yes or a no and goes on; null: it does not
 */
record Option(
    int index,
    @Nullable String label,
    List<Form> forms,
    Set<String> mentions,
    @Nullable Boolean yesNo,
    @Nullable Boolean leads) {
  boolean is(Option other) {
    return index == other.index;
  }

  boolean means(String meaning) {
    return forms.stream().anyMatch(form -> meaning.equals(form.meaning()));
  }

  boolean hasWords(String words) {
    return forms.stream().anyMatch(form -> form.words().equals(words));
  }

  /** How a reason calls it. */
  String name() {
    return label == null ? "the answer" : "option " + label + ")";
  }
}

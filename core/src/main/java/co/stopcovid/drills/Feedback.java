package co.stopcovid.drills;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a graded prompt says beyond right and wrong; all texts are templates.
 *
 * @param explanation why the right answer is right; null: nothing
 * @param hint what helps after a wrong answer without giving the right one away; null: nothing
 * @param options what is said of a wrong option when it was chosen, by the option's label as folded
 * @param mistakes wrong answers that authors expect, and what is said of each; the first that a
 *     reply says counts
 */
public record Feedback(
    @Nullable String explanation,
    @Nullable String hint,
    SortedMap<String, String> options,
    List<Mistake> mistakes) {

  /**
   * A wrong answer with a text of its own.
   *
   * @param words the answer in words, a template
   * @param label the label of what is said of it; it names the mistake in events
   */
  public record Mistake(String words, String label) {}

  public static final Feedback NONE =
      new Feedback(null, null, Collections.emptySortedMap(), List.of());

  public Feedback {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    mistakes = List.copyOf(mistakes);
  }

  public boolean isNone() {
    return equals(NONE);
  }
}

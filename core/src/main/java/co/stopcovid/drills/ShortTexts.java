package co.stopcovid.drills;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A pure function of what learners write that keeps its results for short texts: nearly all replies
 * to a question are the same few ("b", "c", "no sé"). Without it everything is the same, and
 * slower. Bounded; for any thread.
 */
final class ShortTexts<V> {
  private static final int LONGEST = 40;

  private final Function<String, V> function;
  private final int most;
  private final Map<String, V> known = new ConcurrentHashMap<>();

  /**
   * @param most how many results are kept; one more, and all are forgotten
   */
  ShortTexts(int most, Function<String, V> function) {
    this.most = most;
    this.function = function;
  }

  V apply(String text) {
    if (text.length() > LONGEST) {
      return function.apply(text);
    }
    V value = known.get(text);
    if (value == null) {
      value = function.apply(text);
      if (known.size() >= most) {
        known.clear();
      }
      known.put(text, value);
    }
    return value;
  }
}

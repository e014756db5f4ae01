package co.stopcovid.drills.keywords;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Patterns any of which may match; one is compiled when the first text has the words it needs. */
final class PatternSet {
  private static final class Lazy {
    private final BitSet needs;
    private final String regex;
    private volatile @Nullable Pattern compiled;

    Lazy(BitSet needs, String regex) {
      this.needs = needs;
      this.regex = regex;
    }

    boolean hasWordsIn(BitSet words) {
      for (int need = needs.nextSetBit(0); need >= 0; need = needs.nextSetBit(need + 1)) {
        if (!words.get(need)) {
          return false;
        }
      }
      return true;
    }

    Matcher matcher(String spoken) {
      Pattern known = compiled;
      if (known == null) {
        known = Pattern.compile(regex);
        compiled = known;
      }
      return known.matcher(spoken);
    }
  }

  private final List<Lazy> patterns = new ArrayList<>();

  /**
   * @param before and after: regular expressions for what stands around each
   */
  PatternSet(
      String before,
      List<String> patterns,
      String after,
      Map<String, List<String>> classes,
      NeededWords words) {
    for (String text : patterns) {
      PhrasePattern pattern = PhrasePattern.parse(text, classes);
      this.patterns.add(new Lazy(words.of(pattern), before + pattern.regex() + after));
    }
  }

  /**
   * Whether one of them passes a test of its match with a text.
   *
   * @param words of the text, by {@link NeededWords#in}
   */
  boolean any(String spoken, BitSet words, Predicate<Matcher> test) {
    for (Lazy pattern : patterns) {
      if (pattern.hasWordsIn(words) && test.test(pattern.matcher(spoken))) {
        return true;
      }
    }
    return false;
  }
}

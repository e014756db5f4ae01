package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules over words of one language: which texts are wishes to get no more messages, and which
 * are thanks. It reads every pattern, so build one when the first message needs it.
 */
public final class PhraseRules {
  /** Phrases without weight on each side of a wish. */
  private static final int MOST_BESIDE = 10;

  private static final Pattern NEVER = Pattern.compile("(?!)");

  private final NeededWords needed = new NeededWords();
  private final PatternSet anywhere;
  private final PatternSet alone;
  private final Pattern unless;
  private final Pattern unlessAfter;
  private final Pattern courtesy;

  /**
   * @param polite phrases that never weigh
   * @throws IllegalArgumentException when a pattern names a class that is not there, or one of a
   *     wish needs no word of the triggers
   */
  public PhraseRules(KeywordTable table, Collection<String> polite) {
    KeywordTable.Wishes wishes = table.wishes();
    Set<String> triggers = triggers(wishes);
    Stream.concat(wishes.anywhere().stream(), wishes.alone().stream())
        .forEach(pattern -> checkTriggers(pattern, wishes, triggers));
    boolean spaced = triggers.stream().noneMatch(PhraseRules::isSpaceless);
    String start = spaced ? "(?<= )" : "";
    String beside = beside(wishes, polite);
    anywhere = new PatternSet(start, wishes.anywhere(), "", wishes.classes(), needed);
    alone = new PatternSet(" " + beside, wishes.alone(), beside, wishes.classes(), needed);
    unless =
        compile(start, wishes.unless(), spaced ? "(?:[^ ]+ ){0,3}$" : ".{0,4}$", wishes.classes());
    unlessAfter = compile("", wishes.unlessAfter(), "", wishes.classes());
    courtesy = compile(" " + beside, table.courtesies(), beside, wishes.classes());
  }

  /** Folded words and phrases: only a text with one of them can be a wish. */
  public static Set<String> triggers(KeywordTable.Wishes wishes) {
    Set<String> folded = new HashSet<>();
    for (String trigger : wishes.triggers()) {
      List<String> words = wishes.classes().get(trigger);
      if (words == null) {
        throw new IllegalArgumentException("there is no class for the trigger " + trigger);
      }
      words.forEach(word -> folded.add(FoldedText.words(word)));
    }
    return folded;
  }

  /** Whether a text, in the form of {@link SpokenText#of}, is a wish to get no more messages. */
  boolean isWish(String spoken) {
    BitSet words = needed.in(spoken);
    return alone.any(spoken, words, Matcher::matches)
        || anywhere.any(spoken, words, found -> isSaid(spoken, found));
  }

  /** Whether a text, in the form of {@link SpokenText#of}, is thanks and the like. */
  boolean isCourtesy(String spoken) {
    return courtesy.matcher(spoken).matches();
  }

  /** Whether what is found stands somewhere without words that turn it. */
  private boolean isSaid(String spoken, Matcher found) {
    for (int from = 0; found.find(from); from = found.start() + 1) {
      if (!isTurned(spoken, found)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTurned(String spoken, Matcher found) {
    int clause = spoken.lastIndexOf(SpokenText.CLAUSE, found.start()) + 1;
    return unless.matcher(spoken.substring(clause, found.start())).find()
        || unlessAfter.matcher(spoken.substring(found.end())).lookingAt();
  }

  private static String beside(KeywordTable.Wishes wishes, Collection<String> polite) {
    List<String> phrases =
        Stream.of(wishes.beside(), polite)
            .flatMap(Collection::stream)
            .map(phrase -> PhrasePattern.parse(phrase, wishes.classes()).regex())
            .distinct()
            .sorted((one, other) -> Integer.compare(other.length(), one.length()))
            .toList();
    return "(?:\\| |" + String.join("|", phrases) + "){0," + MOST_BESIDE + "}";
  }

  private static Pattern compile(
      String before, List<String> patterns, String after, Map<String, List<String>> classes) {
    if (patterns.isEmpty()) {
      return NEVER;
    }
    String any =
        patterns.stream()
            .map(pattern -> PhrasePattern.parse(pattern, classes).regex())
            .collect(Collectors.joining("|", "(?:", ")"));
    return Pattern.compile(before + any + after);
  }

  private static void checkTriggers(
      String pattern, KeywordTable.Wishes wishes, Set<String> triggers) {
    if (!PhrasePattern.parse(pattern, wishes.classes()).needsOneOf(triggers)) {
      throw new IllegalArgumentException(
          "the pattern \"%s\" needs no word of the triggers %s"
              .formatted(pattern, wishes.triggers()));
    }
  }

  private static boolean isSpaceless(String word) {
    return FoldedText.isSpaceless(word.codePointAt(0));
  }
}

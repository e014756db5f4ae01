package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the name in a reply to the question for it: "Hi, my name is Ana", "Ana here", 我叫小明. */
public final class NameText {
  private static final int MOST_PHRASES = 4;
  private static final int MOST_WORDS = 5;
  private static final int MOST_WORDS_ALONE = 3;

  /** A full stop behind a letter or two is that of an initial. */
  private static final Pattern ENDS_OF_CLAUSES =
      Pattern.compile("[,;!?(\\n，。！？；、]+|(?<=\\p{L}{3})\\.\\s+");

  private final EdgePhrases greetings;
  private final EdgePhrases before;
  private final EdgePhrases after;
  private final Set<String> ends;
  private final Set<String> never;

  public NameText(LanguageTables tables) {
    greetings = new EdgePhrases(all(tables, KeywordTable.Names::greetings));
    before = new EdgePhrases(all(tables, KeywordTable.Names::before));
    after = new EdgePhrases(all(tables, KeywordTable.Names::after));
    ends = all(tables, KeywordTable.Names::ends);
    never = all(tables, KeywordTable.Names::never);
  }

  private static Set<String> all(
      LanguageTables tables, Function<KeywordTable.Names, Set<String>> part) {
    Set<String> folded = new HashSet<>();
    for (LanguageTable table : tables.all()) {
      part.apply(table.keywords().names()).forEach(each -> folded.add(FoldedText.words(each)));
    }
    return folded;
  }

  /** The name as it was written; the whole reply where nothing around it is known. */
  public String in(String reply) {
    String whole = reply.strip();
    List<List<String>> others = new ArrayList<>();
    boolean known = false;
    for (String clause : ENDS_OF_CLAUSES.split(whole, -1)) {
      List<String> words = RawText.words(clause);
      if (greetings.isOne(words) || after.isOne(words)) {
        known = true;
        continue;
      }
      boolean introduced = drop(before::dropFirst, words);
      if (!introduced) {
        known |= drop(greetings::dropFirst, words);
        introduced = drop(before::dropFirst, words);
      }
      if (introduced) {
        cut(words);
        drop(after::dropLast, words);
        String name = RawText.withoutMarks(String.join(" ", words), Character::isLetter);
        return isName(name, MOST_WORDS) ? name : whole;
      }
      known |= drop(after::dropLast, words);
      if (greetings.isOne(words) || after.isOne(words)) {
        known = true;
      } else if (!words.isEmpty()) {
        others.add(words);
      }
    }
    if (!known || others.size() != 1) {
      return whole;
    }
    List<String> words = others.getFirst();
    String name = RawText.withoutMarks(String.join(" ", words), Character::isLetter);
    boolean goesOn = never.contains(FoldedText.words(words.getLast()));
    return isName(name, MOST_WORDS_ALONE) && !goesOn ? name : whole;
  }

  /** Again and again, but never without end. */
  private static boolean drop(Predicate<List<String>> one, List<String> words) {
    int dropped = 0;
    while (dropped < MOST_PHRASES && one.test(words)) {
      dropped++;
    }
    return dropped > 0;
  }

  private boolean isName(String name, int mostWords) {
    List<String> words = RawText.words(name);
    return !words.isEmpty()
        && words.size() <= mostWords
        && name.codePoints().noneMatch(Character::isDigit)
        && !never.contains(FoldedText.words(words.getFirst()));
  }

  /** Where the sentence goes on after the name. */
  private void cut(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      for (int to = i + 1; to <= Math.min(words.size(), i + 3); to++) {
        if (ends.contains(FoldedText.words(String.join(" ", words.subList(i, to))))) {
          words.subList(i, words.size()).clear();
          return;
        }
      }
    }
  }
}

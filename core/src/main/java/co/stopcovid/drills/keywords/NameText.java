package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the name in a reply to the question for it: "My name is Ana", "Ana here", 我叫小明. */
public final class NameText {
  private static final int MOST_PHRASES = 4;
  private static final int MOST_WORDS = 5;
  private static final String ENDS_OF_CLAUSES = ",;!?(\n，。；！？、";

  private final EdgePhrases before;
  private final EdgePhrases after;
  private final Set<String> ends = new HashSet<>();
  private final Set<String> never = new HashSet<>();

  public NameText(LanguageTables tables) {
    Set<String> first = new HashSet<>();
    Set<String> last = new HashSet<>();
    for (LanguageTable table : tables.all()) {
      KeywordTable.Names names = table.keywords().names();
      names.before().forEach(phrase -> first.add(FoldedText.words(phrase)));
      names.after().forEach(phrase -> last.add(FoldedText.words(phrase)));
      names.ends().forEach(phrase -> ends.add(FoldedText.words(phrase)));
      names.never().forEach(phrase -> never.add(FoldedText.words(phrase)));
    }
    before = new EdgePhrases(first);
    after = new EdgePhrases(last);
  }

  /** The name as it was written; the whole reply where nothing around it is known. */
  public String in(String reply) {
    String whole = reply.strip();
    List<String> words = new ArrayList<>(words(whole));
    boolean introduced = false;
    for (int i = 0; i < MOST_PHRASES && before.dropFirst(words); i++) {
      introduced = true;
    }
    if (introduced) {
      cut(words);
    }
    boolean followed = false;
    for (int i = 0; i < MOST_PHRASES && after.dropLast(words); i++) {
      followed = true;
    }
    String name = withoutMarks(String.join(" ", words));
    return (introduced || followed) && isName(name) ? name : whole;
  }

  private boolean isName(String name) {
    List<String> words = words(name);
    return !words.isEmpty()
        && words.size() <= MOST_WORDS
        && name.codePoints().noneMatch(Character::isDigit)
        && !never.contains(FoldedText.words(words.getFirst()));
  }

  /** At the end of the clause, or where the sentence goes on. */
  private void cut(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int mark = firstOf(word, ENDS_OF_CLAUSES);
      if (mark > 0) {
        words.set(i, word.substring(0, mark));
        words.subList(i + 1, words.size()).clear();
        return;
      }
      for (int to = i + 1; i > 0 && to <= Math.min(words.size(), i + 3); to++) {
        if (ends.contains(FoldedText.words(String.join(" ", words.subList(i, to))))) {
          words.subList(i, words.size()).clear();
          return;
        }
      }
    }
  }

  private static int firstOf(String text, String marks) {
    for (int i = 0; i < text.length(); i++) {
      if (marks.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static String withoutMarks(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && !Character.isLetter(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (to > from && !Character.isLetterOrDigit(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }
}

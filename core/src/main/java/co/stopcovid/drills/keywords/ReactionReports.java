package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Phones' reports of reactions ("Liked “…”", "👍 to “…”") in all languages. A message that quotes
 * nothing and names no thing costs no more than to find that out.
 */
public final class ReactionReports {
  /** Of a report that quotes nothing. */
  private static final int LONGEST_OF_THING = 100;

  private final LanguageTables tables;
  private final Set<String> lastWords = new HashSet<>();
  private final List<String> spaceless = new ArrayList<>();
  private volatile @Nullable List<ReactionRules> compiled;

  public ReactionReports(LanguageTables tables) {
    this.tables = tables;
    for (LanguageTable table : tables.all()) {
      for (String word : ReactionRules.lastWords(table.keywords().reactions())) {
        if (FoldedText.isSpaceless(word.codePointAt(0))) {
          spaceless.add(word);
        } else {
          lastWords.add(word);
        }
      }
    }
  }

  /** Whether a message that quotes something reports a reaction to it. */
  public boolean isToQuote(String message) {
    return QuotedText.isIn(message)
        && QuotedText.readings(message).stream()
            .anyMatch(quoted -> rules().stream().anyMatch(rules -> rules.isReport(quoted)));
  }

  /**
   * Whether a message reports a reaction to a thing, as to an image.
   *
   * @param words the same, as {@link FoldedText#words}
   */
  public boolean isToThing(String message, String words) {
    boolean named =
        endsWithThing(words)
            || (!words.isEmpty()
                && FoldedText.isSpaceless(words.codePointBefore(words.length()))
                && spaceless.stream().anyMatch(words::contains));
    return named
        && message.length() <= LONGEST_OF_THING
        && rules().stream().anyMatch(rules -> rules.isReportOfThing(message));
  }

  /** "… an image", "… tu mensaje con 👍". */
  private boolean endsWithThing(String words) {
    int last = words.lastIndexOf(' ');
    return lastWords.contains(words.substring(last + 1))
        || (last > 0
            && lastWords.contains(words.substring(words.lastIndexOf(' ', last - 1) + 1, last)));
  }

  private List<ReactionRules> rules() {
    List<ReactionRules> known = compiled;
    if (known == null) {
      known =
          tables.all().stream()
              .map(table -> new ReactionRules(table.keywords().reactions()))
              .toList();
      compiled = known;
    }
    return known;
  }
}

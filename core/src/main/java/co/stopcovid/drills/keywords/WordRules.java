package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules over words of all languages. Nearly every message holds no word that a rule looks for
 * and costs no more than to find that out.
 */
public final class WordRules {
  /** Those of one language, compiled when first needed. */
  private static final class Lazy {
    private final LanguageTable table;
    private volatile @Nullable PhraseRules compiled;

    Lazy(LanguageTable table) {
      this.table = table;
    }

    PhraseRules rules() {
      PhraseRules known = compiled;
      if (known == null) {
        known = new PhraseRules(table.keywords(), table.polite());
        compiled = known;
      }
      return known;
    }
  }

  private final List<Lazy> all = new ArrayList<>();

  /** By the first word of what triggers them. */
  private final Map<String, Set<Lazy>> triggered = new HashMap<>();

  /** What triggers rules of languages without spaces. */
  private final Map<String, Lazy> spaceless = new HashMap<>();

  public WordRules(LanguageTables tables) {
    for (LanguageTable table : tables.all()) {
      var rules = new Lazy(table);
      all.add(rules);
      for (String trigger : PhraseRules.triggers(table.keywords().wishes())) {
        if (FoldedText.isSpaceless(trigger.codePointAt(0))) {
          spaceless.put(trigger, rules);
        } else {
          String first = trigger.split(" ", 2)[0];
          triggered.computeIfAbsent(first, word -> new HashSet<>()).add(rules);
        }
      }
    }
  }

  /**
   * Whether a message is a wish to get no more messages.
   *
   * @param words the same, as {@link FoldedText#words}
   */
  public boolean isWish(String message, String words) {
    Collection<Lazy> candidates = candidates(words);
    if (candidates.isEmpty()) {
      return false;
    }
    String spoken = SpokenText.of(message);
    return candidates.stream().anyMatch(lazy -> lazy.rules().isWish(spoken));
  }

  /** Whether a message is thanks and the like, or nothing but emoji. */
  public boolean isCourtesy(String message) {
    String spoken = SpokenText.of(message);
    if (spoken.isBlank()) {
      return message.codePoints().anyMatch(Character::isExtendedPictographic);
    }
    return all.stream().anyMatch(lazy -> lazy.rules().isCourtesy(spoken));
  }

  private Collection<Lazy> candidates(String words) {
    int space = words.indexOf(' ');
    if (!spaceless.isEmpty() && FoldedText.isSpaceless(lastCharacter(words))) {
      return spacelessCandidates(words);
    }
    if (space < 0) {
      // A single word that asks for something is a keyword of its own.
      return List.of();
    }
    Set<Lazy> found = Set.of();
    for (int from = 0; from < words.length(); ) {
      int to = space < 0 ? words.length() : space;
      Set<Lazy> here = triggered.get(words.substring(from, to));
      if (here != null) {
        found = found.isEmpty() ? new HashSet<>() : found;
        found.addAll(here);
      }
      from = to + 1;
      space = words.indexOf(' ', from);
    }
    return found;
  }

  private List<Lazy> spacelessCandidates(String words) {
    List<Lazy> found = new ArrayList<>();
    spaceless.forEach(
        (trigger, lazy) -> {
          if (!found.contains(lazy) && words.contains(trigger)) {
            found.add(lazy);
          }
        });
    return found;
  }

  private static char lastCharacter(String words) {
    return words.isEmpty() ? ' ' : words.charAt(words.length() - 1);
  }
}

package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words without which a pattern can match nothing. Nearly every message lacks one of them, and
 * to see that takes a look-up for each of its words instead of a match with every pattern.
 */
final class NeededWords {
  /** A choice of phrases, one of which a text must hold; and what stands behind the first word. */
  private record Phrase(int choice, List<String> otherWords) {}

  private final Map<List<String>, Integer> choices = new LinkedHashMap<>();
  private final Map<String, List<Phrase>> byFirstWord = new HashMap<>();

  /** Phrases in a script without spaces, which are looked for anywhere in a text. */
  private final Map<String, BitSet> spaceless = new LinkedHashMap<>();

  /** The numbers of the choices that a pattern needs, for {@link #in}. */
  BitSet of(PhrasePattern pattern) {
    var needs = new BitSet();
    pattern
        .needed()
        .forEach(
            phrases -> {
              Integer known = choices.get(phrases);
              needs.set(known == null ? add(phrases) : known);
            });
    return needs;
  }

  private int add(List<String> phrases) {
    int choice = choices.size();
    choices.put(phrases, choice);
    for (String phrase : phrases) {
      if (phrase.codePoints().anyMatch(FoldedText::isSpaceless)) {
        spaceless.computeIfAbsent(phrase, words -> new BitSet()).set(choice);
      } else {
        List<String> words = List.of(phrase.split(" ", -1));
        byFirstWord
            .computeIfAbsent(words.getFirst(), word -> new ArrayList<>())
            .add(new Phrase(choice, words.subList(1, words.size())));
      }
    }
    return choice;
  }

  /** The choices of which a text, in the form of {@link SpokenText}, holds a phrase. */
  BitSet in(String spoken) {
    var found = new BitSet();
    Set<String> words = new HashSet<>(Arrays.asList(spoken.split(" ", -1)));
    for (String word : words) {
      for (Phrase phrase : byFirstWord.getOrDefault(word, List.of())) {
        if (!found.get(phrase.choice()) && words.containsAll(phrase.otherWords())) {
          found.set(phrase.choice());
        }
      }
    }
    spaceless.forEach(
        (phrase, here) -> {
          if (spoken.contains(phrase)) {
            found.or(here);
          }
        });
    return found;
  }
}

package co.stopcovid.drills;

import co.stopcovid.drills.AnswerWords.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a reply that may hold nothing but known phrases and words without weight, in the learner's
 * language or in English. The longest phrase counts, also in a script without spaces.
 *
 * @param <T> what a phrase means
 */
final class PhraseReader<T> {
  /** Stands for a dash, which folding would take away. */
  private static final String DASH = " xdashx ";

  private static final int LONGEST_REPLY = 300;
  private static final List<Role> WEIGHTLESS =
      List.of(Role.ARTICLE, Role.PREPOSITION, Role.FILLER, Role.CONJUNCTION);

  private final Map<String, Optional<T>> phrases = new HashMap<>();
  private int longest;

  /** Phrases that were added before keep their meaning. */
  void add(Collection<String> words, T meaning) {
    words.forEach(phrase -> put(phrase, Optional.of(meaning)));
  }

  void addWeightless(LanguageTable table) {
    table.polite().forEach(phrase -> put(phrase, Optional.empty()));
    for (Role role : WEIGHTLESS) {
      table.answers().of(role).keySet().forEach(phrase -> put(phrase, Optional.empty()));
    }
  }

  void addWeightless(Collection<String> phrases) {
    phrases.forEach(phrase -> put(phrase, Optional.empty()));
  }

  private void put(String phrase, Optional<T> meaning) {
    String folded = fold(phrase);
    if (!folded.isEmpty()) {
      phrases.putIfAbsent(folded, meaning);
      longest = Math.max(longest, folded.length());
    }
  }

  /**
   * What the phrases of a reply mean, in their order.
   *
   * @return empty when the reply holds anything else
   */
  Optional<List<T>> read(String reply) {
    if (reply.length() > LONGEST_REPLY) {
      return Optional.empty();
    }
    String words = fold(reply);
    List<T> meanings = new ArrayList<>();
    int at = 0;
    while (at < words.length()) {
      if (words.charAt(at) == ' ') {
        at++;
        continue;
      }
      int end = endOfPhrase(words, at);
      if (end == at) {
        return Optional.empty();
      }
      phrases.getOrDefault(words.substring(at, end), Optional.empty()).ifPresent(meanings::add);
      at = end;
    }
    return Optional.of(meanings);
  }

  private int endOfPhrase(String words, int at) {
    for (int end = Math.min(words.length(), at + longest); end > at; end--) {
      boolean whole =
          end == words.length()
              || words.charAt(end) == ' '
              || FoldedText.isSpaceless(words.charAt(end - 1))
              || FoldedText.isSpaceless(words.charAt(end));
      if (whole && phrases.containsKey(words.substring(at, end))) {
        return end;
      }
    }
    return at;
  }

  private static String fold(String text) {
    return FoldedText.words(text.replaceAll("[-–—~～]", DASH));
  }
}

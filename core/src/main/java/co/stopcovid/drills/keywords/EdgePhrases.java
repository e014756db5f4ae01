package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import java.util.List;
import java.util.Set;

/** Known phrases that may stand at an end of a text, and are taken off it, the longest first. */
final class EdgePhrases {
  private final Set<String> phrases;

  /** In words: no more of a text's words are looked at, however long it is. */
  private final int longest;

  /**
   * @param folded the phrases as {@link FoldedText#words} gives them
   */
  EdgePhrases(Set<String> folded) {
    phrases = Set.copyOf(folded);
    longest = phrases.stream().mapToInt(phrase -> phrase.split(" ", -1).length).max().orElse(0);
  }

  /** Whether a text is one of the phrases, and nothing else. */
  boolean isOne(List<String> words) {
    return phrases.contains(FoldedText.words(String.join(" ", words)));
  }

  /**
   * Takes a phrase off the front; the last word always stays.
   *
   * @return whether there was one
   */
  boolean dropFirst(List<String> words) {
    for (int n = Math.min(longest, words.size() - 1); n > 0; n--) {
      if (dropIfKnown(words.subList(0, n))) {
        return true;
      }
    }
    return dropSpaceless(words);
  }

  /** {@link #dropFirst} at the back. */
  boolean dropLast(List<String> words) {
    for (int n = Math.min(longest, words.size() - 1); n > 0; n--) {
      if (dropIfKnown(words.subList(words.size() - n, words.size()))) {
        return true;
      }
    }
    return dropSpacelessLast(words);
  }

  private boolean dropIfKnown(List<String> part) {
    if (!phrases.contains(FoldedText.words(String.join(" ", part)))) {
      return false;
    }
    part.clear();
    return true;
  }

  /** 我的代码是acme: no space stands between. */
  private boolean dropSpaceless(List<String> words) {
    String first = words.isEmpty() ? "" : words.getFirst();
    if (first.isEmpty() || !FoldedText.isSpaceless(first.codePointAt(0))) {
      return false;
    }
    String longestPhrase = "";
    for (String phrase : phrases) {
      if (phrase.length() > longestPhrase.length()
          && phrase.length() < first.length()
          && first.startsWith(phrase)) {
        longestPhrase = phrase;
      }
    }
    words.set(0, first.substring(longestPhrase.length()));
    return !longestPhrase.isEmpty();
  }

  /** 叫我小明就行: of a short text, a phrase of one character may be a part. */
  private boolean dropSpacelessLast(List<String> words) {
    String last = words.isEmpty() ? "" : words.getLast();
    if (last.isEmpty() || !FoldedText.isSpaceless(last.codePointBefore(last.length()))) {
      return false;
    }
    String longestPhrase = "";
    for (String phrase : phrases) {
      int left = last.length() - phrase.length();
      if (phrase.length() > longestPhrase.length()
          && left >= (phrase.length() == 1 ? 2 : 1)
          && last.endsWith(phrase)) {
        longestPhrase = phrase;
      }
    }
    words.set(words.size() - 1, last.substring(0, last.length() - longestPhrase.length()));
    return !longestPhrase.isEmpty();
  }
}

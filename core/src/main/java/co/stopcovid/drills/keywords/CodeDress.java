package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What registration codes come dressed in: marks, quotation marks, "code: acme", "my code is ACME,
 * thanks".
 */
public final class CodeDress {
  /** Each reading of a message is a question to a service. */
  private static final int MOST_READINGS = 4;

  private static final int MOST_PHRASES = 4;
  private static final String DASHES = "‐‑‒–—―−﹣－";

  /** Phrases before a code and polite ones around it, folded. */
  private final Set<String> phrases = new HashSet<>();

  /** The former alone: behind one, a code may stand in the middle of a sentence. */
  private final Set<String> introductions = new HashSet<>();

  private final int longest;

  public CodeDress(LanguageTables tables) {
    for (LanguageTable table : tables.all()) {
      table.polite().forEach(phrase -> phrases.add(FoldedText.words(phrase)));
      for (String phrase : table.keywords().codeWords()) {
        String folded = FoldedText.words(phrase);
        phrases.add(folded);
        introductions.add(folded);
      }
    }
    longest = phrases.stream().mapToInt(phrase -> words(phrase).size()).max().orElse(0);
  }

  /** What may be meant as a code, the likeliest first; never more than a few. */
  public List<String> readings(String message) {
    String whole = visible(message).strip();
    var readings = new LinkedHashSet<String>();
    readings.add(whole);
    String bare = withoutMarks(whole);
    readings.add(bare);
    readings.add(undressed(bare));
    readings.add(behindIntroduction(bare));
    readings.removeIf(String::isEmpty);
    return readings.stream().limit(MOST_READINGS).toList();
  }

  private String undressed(String text) {
    List<String> words = new ArrayList<>(words(text.replaceAll("[:=]", " ")));
    for (int i = 0; i < MOST_PHRASES; i++) {
      boolean first = dropFirst(words);
      if (!dropLast(words) && !first) {
        break;
      }
    }
    return withoutMarks(String.join(" ", words));
  }

  /** "Hello, I am new here, code acme": what stands behind the last of them. */
  private String behindIntroduction(String text) {
    List<String> words = words(text.replaceAll("[:=]", " "));
    for (int i = words.size() - 2; i >= 0; i--) {
      if (introductions.contains(FoldedText.words(words.get(i)))) {
        return undressed(String.join(" ", words.subList(i + 1, words.size())));
      }
    }
    return "";
  }

  private boolean dropFirst(List<String> words) {
    for (int n = Math.min(longest, words.size() - 1); n > 0; n--) {
      if (phrases.contains(FoldedText.words(String.join(" ", words.subList(0, n))))) {
        words.subList(0, n).clear();
        return true;
      }
    }
    return dropSpaceless(words);
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

  private boolean dropLast(List<String> words) {
    for (int n = Math.min(longest, words.size() - 1); n > 0; n--) {
      List<String> last = words.subList(words.size() - n, words.size());
      if (phrases.contains(FoldedText.words(String.join(" ", last)))) {
        last.clear();
        return true;
      }
    }
    return false;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** One kind of dash, and no characters that nobody sees. */
  private static String visible(String message) {
    String plain = Normalizer.normalize(message, Normalizer.Form.NFKC);
    var seen = new StringBuilder(plain.length());
    plain
        .codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT && (c < 0xFE00 || c > 0xFE0F))
        .forEach(c -> seen.appendCodePoint(DASHES.indexOf(c) >= 0 ? '-' : c));
    return seen.toString();
  }

  private static String withoutMarks(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && !Character.isLetterOrDigit(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (to > from && !Character.isLetterOrDigit(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }
}

package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import java.text.Normalizer;
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

  /** Phrases before a code and polite ones around it. */
  private final EdgePhrases around;

  /** The former alone: behind one, a code may stand in the middle of a sentence. */
  private final Set<String> introductions = new HashSet<>();

  public CodeDress(LanguageTables tables) {
    Set<String> phrases = new HashSet<>();
    for (LanguageTable table : tables.all()) {
      table.polite().forEach(phrase -> phrases.add(FoldedText.words(phrase)));
      for (String phrase : table.keywords().codeWords()) {
        String folded = FoldedText.words(phrase);
        phrases.add(folded);
        introductions.add(folded);
      }
    }
    around = new EdgePhrases(phrases);
  }

  /** What may be meant as a code, the likeliest first; never more than a few. */
  public List<String> readings(String message) {
    String whole = visible(message).strip();
    var readings = new LinkedHashSet<String>();
    readings.add(whole);
    String bare = RawText.withoutMarks(whole, Character::isLetterOrDigit);
    readings.add(bare);
    readings.add(undressed(bare));
    readings.add(behindIntroduction(bare));
    readings.removeIf(String::isEmpty);
    return readings.stream().limit(MOST_READINGS).toList();
  }

  private String undressed(String text) {
    List<String> words = RawText.words(text.replaceAll("[:=]", " "));
    for (int i = 0; i < MOST_PHRASES; i++) {
      boolean first = around.dropFirst(words);
      if (!around.dropLast(words) && !first) {
        break;
      }
    }
    return RawText.withoutMarks(String.join(" ", words), Character::isLetterOrDigit);
  }

  /** "Hello, I am new here, code acme": what stands behind the last of them. */
  private String behindIntroduction(String text) {
    List<String> words = RawText.words(text.replaceAll("[:=]", " "));
    for (int i = words.size() - 2; i >= 0; i--) {
      if (introductions.contains(FoldedText.words(words.get(i)))) {
        return undressed(String.join(" ", words.subList(i + 1, words.size())));
      }
    }
    return "";
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
}

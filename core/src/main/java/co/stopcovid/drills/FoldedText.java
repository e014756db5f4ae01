package co.stopcovid.drills;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text as it is compared, so that "¡JABÓN!" is "jabon". Unicode compatibility forms, case and the
 * accents of Latin, Greek and Cyrillic letters are gone; other scripts stay as they are.
 */
public final class FoldedText {
  /**
   * So many combining marks may follow one letter; more are noise that would cost time to order.
   */
  private static final int MAX_MARKS = 4;

  private static final int NEGATIVE_CIRCLED_A = 0x1F150;
  private static final int NEGATIVE_SQUARED_A = 0x1F170;
  private static final String ELIDED = "cdjlmnst";

  private FoldedText() {}

  /** The words of a text, with one space between; punctuation and symbols are gone. */
  public static String words(String text) {
    String folded = letters(text);
    var words = new StringBuilder(folded.length());
    int c;
    for (int i = 0; i < folded.length(); i += Character.charCount(c)) {
      c = folded.codePointAt(i);
      if (isWordPart(c)) {
        words.appendCodePoint(c);
      } else if (!isJoiningApostrophe(folded, i)
          && !words.isEmpty()
          && words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    int length = words.length();
    if (length > 0 && words.charAt(length - 1) == ' ') {
      words.setLength(length - 1);
    }
    return words.toString();
  }

  /** Folds form, case and accents; white space and punctuation stay. Every apostrophe is ' then. */
  public static String letters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return foldUnicode(text);
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static String foldUnicode(String text) {
    String decomposed = Normalizer.normalize(withoutNoise(text), Normalizer.Form.NFKD);
    String lower = decomposed.toLowerCase(Locale.ROOT);
    var folded = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      switch (c) {
        case 'ß' -> folded.append("ss");
        case 'æ' -> folded.append("ae");
        case 'œ' -> folded.append("oe");
        case 'ø' -> folded.append('o');
        case 'ł' -> folded.append('l');
        case 'đ' -> folded.append('d');
        case 'ı' -> folded.append('i');
        case 'ς' -> folded.append('σ');
        default -> {
          if (!isAccent(c)) {
            folded.append(c);
          }
        }
      }
    }
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  /**
   * Whether a character is part of a word: a letter, a digit or a mark of a script that needs it.
   */
  public static boolean isWordPart(int codePoint) {
    if (codePoint < 128) {
      return (codePoint >= 'a' && codePoint <= 'z')
          || (codePoint >= '0' && codePoint <= '9')
          || (codePoint >= 'A' && codePoint <= 'Z');
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> Character.isLetterOrDigit(codePoint);
    };
  }

  /** Whether a character belongs to a script that writes no spaces, as Chinese does. */
  public static boolean isSpaceless(int codePoint) {
    return codePoint >= 0x2E80
        && (Character.isIdeographic(codePoint) || (codePoint >= 0x3040 && codePoint <= 0x30FF));
  }

  /**
   * Whether the apostrophe at this place of a folded text joins letters to one word, as in "don't".
   * It parts them where it stands for a French vowel, as in "l'eau" and "qu'on".
   */
  public static boolean isJoiningApostrophe(String folded, int at) {
    if (!isApostrophe(folded.charAt(at)) || at == 0 || at + 1 == folded.length()) {
      return false;
    }
    char before = folded.charAt(at - 1);
    if (!Character.isLetter(before) || !Character.isLetter(folded.charAt(at + 1))) {
      return false;
    }
    boolean single = at == 1 || !isWordPart(folded.charAt(at - 2));
    boolean elided =
        single ? ELIDED.indexOf(before) >= 0 : before == 'u' && folded.charAt(at - 2) == 'q';
    return !elided;
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '`';
  }

  private static boolean isAccent(char c) {
    return c >= '\u0300' && c <= '\u036F';
  }

  /**
   * One kind of apostrophe; no invisible characters; letter emoji as letters; few marks a letter.
   */
  private static String withoutNoise(String text) {
    var kept = new StringBuilder(text.length());
    int marks = 0;
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      marks = Character.getType(c) == Character.NON_SPACING_MARK ? marks + 1 : 0;
      if (marks > MAX_MARKS || isInvisible(c)) {
        continue;
      }
      switch (c) {
        case '’', '‘', 'ʼ', '´', '`', '′', '‛' -> kept.append('\'');
        case 'º', '°' ->
            kept.append(
                isNumberSign(text, i) ? "um " : isDegree(text, i) ? "°" : Character.toString(c));
        case '№' -> kept.append("num ");
        case '½', '¼', '¾' -> kept.append(' ').appendCodePoint(c); // "1½" is no 11/2
        default -> kept.appendCodePoint(letterEmoji(c));
      }
    }
    return kept.toString();
  }

  /** "nº 2": number two. */
  private static boolean isNumberSign(String text, int at) {
    boolean letter = at > 0 && (text.charAt(at - 1) == 'n' || text.charAt(at - 1) == 'N');
    return letter && (at < 2 || !Character.isLetter(text.charAt(at - 2)));
  }

  /** "74 ºC": the sign of an ordinal where a degree is meant. */
  private static boolean isDegree(String text, int at) {
    int before = at - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    boolean number = before >= 0 && Character.isDigit(text.charAt(before));
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    return number && (before < at - 1 || "CcFf".indexOf(next) >= 0);
  }

  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT
        || (c >= 0xFE00 && c <= 0xFE0F) // variation selectors
        || c == 0x20E3; // the key cap around a digit
  }

  private static int letterEmoji(int c) {
    if (c >= NEGATIVE_CIRCLED_A && c < NEGATIVE_CIRCLED_A + 26) {
      return 'a' + c - NEGATIVE_CIRCLED_A;
    }
    if (c >= NEGATIVE_SQUARED_A && c < NEGATIVE_SQUARED_A + 26) {
      return 'a' + c - NEGATIVE_SQUARED_A;
    }
    return c;
  }
}

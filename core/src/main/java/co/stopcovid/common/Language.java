package co.stopcovid.common;

import java.util.regex.Pattern;

/** A language by its lower-case ISO 639 code, such as {@code es}. */
public record Language(String code) implements Comparable<Language> {
  private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");

  /** The language of last resort: what is missing in another language is said in English. */
  public static final Language ENGLISH = new Language("en");

  /**
   * @throws IllegalArgumentException when the code is not two or three small letters
   */
  public Language {
    if (!isCode(code)) {
      throw new IllegalArgumentException(
          "not a language code (two or three small letters, such as es): " + code);
    }
  }

  /** Whether a text has the form of a code. */
  public static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  @Override
  public int compareTo(Language other) {
    return code.compareTo(other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}

package co.stopcovid.dialog;

/**
 * Text from outside in a form that every database and stream takes: the character NUL and halves of
 * surrogate pairs become U+FFFD. One such character would otherwise fail its learner's messages
 * again and again.
 */
final class StorableText {
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /** The same text, of the same length, but for those characters. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isStorable(text, i)) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    var storable = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (!isStorable(text, i)) {
        storable.setCharAt(i, REPLACEMENT);
      }
    }
    return storable.toString();
  }

  private static boolean isStorable(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c != 0;
  }
}

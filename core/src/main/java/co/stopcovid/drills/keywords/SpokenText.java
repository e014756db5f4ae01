package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;

/**
 * A message as patterns see it: folded words with one space around each, and between them one sign
 * for a mark that ends a clause. Emoji are one sign each or, where a pattern has no use for them,
 * left out. What is written without spaces stays without.
 */
final class SpokenText {
  static final char CLAUSE = '|';
  static final char QUOTE = '“';
  static final char EMOJI = '☺';

  private static final int FLAG_A = 0x1F1E6;
  private static final int FLAG_Z = 0x1F1FF;

  private static final String CLAUSE_MARKS = ".,!?;:\n。，！？；：、…¡¿()";

  private SpokenText() {}

  static String of(String message) {
    return normalised(message, false);
  }

  /** With a sign for emoji. */
  static String withEmoji(String message) {
    return normalised(message.replace('‼', '❗').replace('⁉', '❗'), true);
  }

  private static String normalised(String message, boolean signs) {
    String folded = FoldedText.letters(message);
    var text = new StringBuilder(folded.length() + 2).append(' ');
    int c;
    for (int i = 0; i < folded.length(); i += Character.charCount(c)) {
      c = folded.codePointAt(i);
      if (FoldedText.isWordPart(c)) {
        addLetter(text, c);
      } else if (!FoldedText.isJoiningApostrophe(folded, i)) {
        addSign(text, c, signs);
      }
    }
    space(text);
    return text.toString();
  }

  private static void addLetter(StringBuilder text, int c) {
    int last = text.charAt(text.length() - 1);
    if (last != ' ' && FoldedText.isSpaceless(last) != FoldedText.isSpaceless(c)) {
      text.append(' ');
    }
    text.appendCodePoint(c);
  }

  private static void addSign(StringBuilder text, int c, boolean signs) {
    space(text);
    char sign = ' ';
    if (CLAUSE_MARKS.indexOf(c) >= 0) {
      sign = CLAUSE;
    } else if (signs && isEmoji(c)) {
      sign = EMOJI;
    }
    boolean repeated = text.length() >= 2 && text.charAt(text.length() - 2) == sign;
    if (sign != ' ' && !repeated) {
      text.append(sign).append(' ');
    }
  }

  private static void space(StringBuilder text) {
    if (text.charAt(text.length() - 1) != ' ') {
      text.append(' ');
    }
  }

  private static boolean isEmoji(int c) {
    return Character.isExtendedPictographic(c) || (c >= FLAG_A && c <= FLAG_Z);
  }
}

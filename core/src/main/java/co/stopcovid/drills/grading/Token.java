package co.stopcovid.drills.grading;

/**
 * One word, number or sign of a folded text, and the punctuation around it. In a script without
 * spaces each character is a word.
 *
 * @param written how it stands in the folded text
 * @param glued whether nothing stands between this token and the one before
 * @param before the last punctuation mark between the token before and this one; 0: none
 * @param after the first punctuation mark behind this token; 0: none
 * @param detached whether the mark behind has white space on a side, or nothing at all follows
 * @param opensPart whether punctuation that parts a sentence stands before it
 */
record Token(
    Kind kind,
    String text,
    String written,
    boolean glued,
    char before,
    char after,
    boolean detached,
    boolean opensPart) {
  enum Kind {
    WORD,
    NUMBER,
    SIGN
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isSingleLetter() {
    return kind == Kind.WORD && text.length() == 1;
  }
}

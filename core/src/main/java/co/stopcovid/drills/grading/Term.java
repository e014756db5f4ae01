package co.stopcovid.drills.grading;

/**
 * A part of an answer by what it does there.
 *
 * @param value what it is compared by: 20 for "twenty", foot for "feet"
 * @param surface how it was written, for misspellings
 * @param first the index of its first token
 * @param opensPart whether a comma or the like stands before it
 */
record Term(Kind kind, String value, String surface, int first, boolean opensPart) {
  enum Kind {
    WORD,
    NUMBER,
    UNIT,
    NOT,
    /** A no that is an answer of its own and negates nothing: "No, use the stairs". */
    NO,
    COMPARISON,
    PREPOSITION,
    AND,
    OR,
    UNKNOWN,
    ARTICLE,
    FILLER
  }

  /** Whether it can be left out of an answer without changing it. */
  boolean isWeightless() {
    return switch (kind) {
      case AND, ARTICLE, FILLER -> true;
      case WORD, NUMBER, UNIT, NOT, NO, COMPARISON, PREPOSITION, OR, UNKNOWN -> false;
    };
  }

  boolean isWord() {
    return kind == Kind.WORD || kind == Kind.PREPOSITION;
  }

  /** Whether it is one Latin letter: at the end of a text, that is no article. */
  boolean isLetter() {
    return surface.length() == 1 && surface.charAt(0) >= 'a' && surface.charAt(0) <= 'z';
  }

  Term as(Kind otherKind, String otherValue) {
    return new Term(otherKind, otherValue, surface, first, opensPart);
  }

  /** The same term as the start of a part. */
  Term opening() {
    return opensPart ? this : new Term(kind, value, surface, first, true);
  }

  /**
   * Whether two terms say the same. Two negations do ("don't", "never"), unless they are all that
   * is said.
   */
  boolean same(Term other, boolean alone) {
    if (kind == Kind.NOT && other.kind == Kind.NOT) {
      return !alone || surface.equals(other.surface);
    }
    return value.equals(other.value) && (kind == Kind.NUMBER) == (other.kind == Kind.NUMBER);
  }
}

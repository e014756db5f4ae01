package co.stopcovid.drills.grading;

import org.jspecify.annotations.Nullable;

/**
 * A part of a text by what it does there.
 *
 * @param value what it is compared by: "foot" for "feet"
 * @param surface how it was written, folded
 * @param first the index of its first token
 * @param end the index behind its last token
 * @param opensPart whether a comma or the like stands before it
 * @param quantity what a term of kind QUANTITY amounts to
 */
record Term(
    Kind kind,
    String value,
    String surface,
    int first,
    int end,
    boolean opensPart,
    @Nullable Quantity quantity) {
  enum Kind {
    WORD,
    /** A number with all that belongs to it. */
    QUANTITY,
    /** A day or a month: one of a closed set. */
    CALENDAR,
    PREPOSITION,
    NOT,
    EXCEPT,
    /** A yes or a no that is an answer of its own: "No, use the stairs". */
    YES,
    NO,
    /** A comparison that no number stands beside. */
    COMPARISON,
    OR,
    THEN,
    BUT,
    UNKNOWN,
    ASK,
    BECAUSE,
    AND,
    ARTICLE,
    FILLER
  }

  /** Whether it can be left out of an answer without changing it. */
  boolean isWeightless() {
    return switch (kind) {
      case AND, ARTICLE, FILLER -> true;
      default -> false;
    };
  }

  boolean isWord() {
    return kind == Kind.WORD || kind == Kind.PREPOSITION;
  }

  Term as(Kind otherKind) {
    return new Term(otherKind, value, surface, first, end, opensPart, quantity);
  }

  /** The same term as the start of a part. */
  Term opening() {
    return opensPart ? this : new Term(kind, value, surface, first, end, true, quantity);
  }
}

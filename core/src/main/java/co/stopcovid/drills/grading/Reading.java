package co.stopcovid.drills.grading;

import java.util.List;

/** A text as it was read: its tokens, and what each part of it does. */
record Reading(List<Token> tokens, List<Term> terms) {
  boolean has(Term.Kind kind) {
    for (Term term : terms) {
      if (term.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  /** The words as typed, folded. */
  String words() {
    return Lexicon.key(tokens);
  }

  /** The words without what people put around an answer. */
  String wordsWithoutFillers() {
    var words = new StringBuilder();
    for (Term term : terms) {
      boolean leading = words.isEmpty() && term.isWeightless();
      if (term.kind() != Term.Kind.FILLER && !leading) {
        words.append(words.isEmpty() ? "" : " ").append(term.surface());
      }
    }
    return words.toString();
  }

  /** The words that carry weight. */
  String weightyWords() {
    var words = new StringBuilder();
    for (Term term : terms) {
      if (!term.isWeightless()) {
        words.append(words.isEmpty() ? "" : " ").append(term.surface());
      }
    }
    return words.toString();
  }
}

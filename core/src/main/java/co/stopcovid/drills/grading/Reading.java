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

  /** Without the reason behind "because", which is not graded, if nothing is said against it. */
  Reading withoutReason() {
    for (int i = 1; i < terms.size(); i++) {
      if (terms.get(i).kind() == Term.Kind.BECAUSE
          && !terms.subList(0, i).stream().allMatch(Term::isWeightless)) {
        List<Term> reason = terms.subList(i, terms.size());
        boolean turned =
            reason.stream()
                .anyMatch(
                    term ->
                        switch (term.kind()) {
                          case BUT, EXCEPT, ASK, UNKNOWN -> true;
                          default -> false;
                        });
        return turned
            ? this
            : new Reading(tokens.subList(0, terms.get(i).first()), terms.subList(0, i));
      }
    }
    return this;
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
}

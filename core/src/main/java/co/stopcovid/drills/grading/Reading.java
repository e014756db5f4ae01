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
            (reason.size() == 1 && asks(reason)) // "b, porque?"
                || reason.stream()
                    .anyMatch(
                        term ->
                            switch (term.kind()) {
                              case BUT, EXCEPT, UNKNOWN -> true;
                              // "Porque é mais seguro" asks for no more.
                              case ASK -> term.end() > term.first() + 1 || asks(reason);
                              default -> false;
                            });
        return turned
            ? this
            : new Reading(tokens.subList(0, terms.get(i).first()), terms.subList(0, i));
      }
    }
    return this;
  }

  private boolean asks(List<Term> reason) {
    return tokens.subList(reason.getFirst().first(), tokens.size()).stream()
        .anyMatch(token -> token.after() == '?');
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

package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads "true" and "false" as statements, one behind another. A no between two of them is one of
 * its own ("false? no, it's true") or denies the next ("false, not true"); only the second agrees.
 */
final class TruthRule {
  private final Prompt prompt;
  private final List<Term> terms;
  private @Nullable Boolean last;
  private boolean both;
  private boolean stated;

  private TruthRule(Prompt prompt, Reading reply) {
    this.prompt = prompt;
    this.terms = reply.terms();
  }

  /**
   * What a reply says.
   *
   * @param last its last statement: true or false
   * @param both whether another statement before it says the other
   */
  record Said(String last, boolean both) {}

  /** Null: it says neither, or more, or the question is no question of truth. */
  static @Nullable Said said(Prompt prompt, Reading reply) {
    boolean asked =
        prompt.options().stream().anyMatch(option -> option.means("true") || option.means("false"));
    return asked ? new TruthRule(prompt, reply).read() : null;
  }

  private @Nullable Said read() {
    boolean denied = false;
    boolean assents = false;
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      Boolean truth = truth(term);
      if (truth != null) {
        both |= denied && isRunOn(i);
        state(denied != truth);
        stated = true;
        denied = false;
      } else if (isDenial(term)) {
        if (denied) {
          return null;
        }
        denied = !answers(i);
        if (!denied) {
          state(false);
        }
      } else if (term.kind() == Kind.YES) {
        assents = true;
      } else if (!term.isWeightless() && term.kind() != Kind.OR) {
        return null;
      }
    }
    if (last == null || !stated || denied) {
      return null;
    }
    String meaning = last.toString();
    if (assents) {
      // "Yes, false" is no yes; "sure, false" may be a false.
      return prompt.right().means(meaning) ? null : new Said(meaning, true);
    }
    return new Said(meaning, both);
  }

  private void state(boolean statement) {
    both |= last != null && last != statement;
    last = statement;
  }

  private @Nullable Boolean truth(Term term) {
    String meaning = prompt.lexicon().meaning(term.surface());
    return "true".equals(meaning) ? Boolean.TRUE : "false".equals(meaning) ? Boolean.FALSE : null;
  }

  private static boolean isDenial(Term term) {
    return term.kind() == Kind.NOT || term.kind() == Kind.NO;
  }

  /** Whether a no says no by itself, and denies nothing behind it. */
  private boolean answers(int at) {
    Term term = terms.get(at);
    return at + 1 < terms.size()
        && Boolean.FALSE.equals(prompt.lexicon().yesOrNo(term.surface()))
        && (terms.get(at + 1).opensPart()
            || prompt.lexicon().has(term.surface(), Role.INTERJECTION));
  }

  /** "Falso no verdadero": nothing tells to which of them the no belongs. */
  private boolean isRunOn(int at) {
    return at > 1
        && truth(terms.get(at - 2)) != null
        && !terms.get(at).opensPart()
        && !terms.get(at - 1).opensPart()
        && Boolean.FALSE.equals(prompt.lexicon().yesOrNo(terms.get(at - 1).surface()));
  }
}

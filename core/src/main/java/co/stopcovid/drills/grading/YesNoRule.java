package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Term.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides where the right answer is a yes or a no, or starts with one. All languages count. */
final class YesNoRule {
  private YesNoRule() {}

  /** Null: the rule does not decide. */
  static @Nullable Verdict decide(Prompt prompt, Reading reply) {
    Option right = prompt.right();
    Boolean wanted = right.yesNo() != null ? right.yesNo() : right.leads();
    if (wanted == null || isOther(prompt, right, wanted)) {
      return null;
    }
    Boolean said = right.yesNo() == null ? whole(prompt.lexicon(), reply) : said(prompt, reply);
    if (said == null) {
      return null;
    }
    if (!said.equals(wanted)) {
      return Verdict.wrong(
          said ? "says yes, the answer is no" : "says no, the answer is yes",
          labelOf(prompt, said));
    }
    return Verdict.right(wanted ? "says yes" : "says no", right.label());
  }

  /** Whether another option starts with the same yes or no, so that it tells nothing. */
  private static boolean isOther(Prompt prompt, Option right, boolean wanted) {
    return prompt.options().stream()
        .anyMatch(
            option -> {
              Boolean polarity = option.yesNo() == null ? option.leads() : option.yesNo();
              return !option.is(right) && polarity != null && polarity == wanted;
            });
  }

  private static @Nullable String labelOf(Prompt prompt, boolean yes) {
    for (Option option : prompt.options()) {
      Boolean polarity = option.yesNo() == null ? option.leads() : option.yesNo();
      if (polarity != null && polarity == yes) {
        return option.label();
      }
    }
    return null;
  }

  /** What a reply says that is a yes or a no, and nothing else of weight; null: it is more. */
  private static @Nullable Boolean said(Prompt prompt, Reading reply) {
    Boolean whole = whole(prompt.lexicon(), reply);
    if (whole != null) {
      return whole;
    }
    Lexicon lexicon = prompt.lexicon();
    List<Term> terms = Form.weighty(reply.terms());
    Boolean polarity = null;
    if (reply.has(Kind.AND) || reply.has(Kind.OR)) {
      return null;
    }
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      boolean doubled = i > 0 && isDenial(term) && isDenial(terms.get(i - 1)) && !term.opensPart();
      if (doubled && !isEmphatic(lexicon, terms.get(i - 1), term, i)) {
        return null; // "not never"; "no may not" is a no and a sentence
      }
      Boolean one = polarity(prompt.lexicon(), term);
      boolean denies = i > 0 && Boolean.FALSE.equals(polarity) && term.kind() == Kind.NOT;
      if (one == null && !denies && !isWeightless(prompt, term)) {
        return null;
      }
      if (one != null && polarity != null && !polarity.equals(one)) {
        return null;
      }
      if (one != null
          && polarity == null
          && i > 0
          && term.kind() == Kind.NOT
          && !term.opensPart()) {
        return null; // "… not": what it denies is said before it
      }
      polarity = one == null ? polarity : one;
    }
    return polarity;
  }

  /** "No, never ever" says no twice; 不是不可以 denies a no. */
  private static boolean isEmphatic(Lexicon lexicon, Term before, Term term, int at) {
    boolean twice =
        Boolean.FALSE.equals(lexicon.yesOrNo(before.surface()))
            && Boolean.FALSE.equals(lexicon.yesOrNo(term.surface()))
            && !Words.isSpaceless(term.surface());
    return twice || (at == 1 && lexicon.yesOrNo(term.surface()) == null);
  }

  private static boolean isDenial(Term term) {
    return term.kind() == Kind.NOT || term.kind() == Kind.NO;
  }

  private static @Nullable Boolean polarity(Lexicon lexicon, Term term) {
    return switch (term.kind()) {
      case YES -> Boolean.TRUE;
      case NO -> Boolean.FALSE;
      case NOT -> Boolean.FALSE.equals(lexicon.yesOrNo(term.surface())) ? Boolean.FALSE : null;
      case WORD -> lexicon.yesOrNo(term.surface());
      default -> null;
    };
  }

  private static boolean isWeightless(Prompt prompt, Term term) {
    return term.isWeightless()
        || term.kind() == Kind.PREPOSITION
        || (term.isWord() && prompt.asked().words().contains(term.value()))
        || (term.isWord()
            && term.surface().indexOf(' ') < 0
            && prompt.asked().words().stream()
                .anyMatch(word -> prompt.words().repeats(term.surface(), word)));
  }

  /** What a text means that is no more than a yes or a no; null: it is more, or neither. */
  static @Nullable Boolean whole(Lexicon lexicon, Reading text) {
    Boolean whole = lexicon.yesOrNo(text.words());
    if (whole != null || text.has(Kind.AND) || text.has(Kind.OR)) {
      return whole;
    }
    whole = lexicon.yesOrNo(text.wordsWithoutFillers());
    if (whole != null) {
      return whole;
    }
    if (text.terms().stream().allMatch(YesNoRule::isParticle)) {
      return ofParticles(lexicon, text.terms());
    }
    List<Term> weighty = Form.weighty(text.terms());
    return (weighty.size() == 1 && !weighty.getFirst().isWeightless())
        ? lexicon.yesOrNo(weighty.getFirst().surface())
        : null;
  }

  private static boolean isParticle(Term term) {
    boolean character = term.surface().length() == 1 && Words.isSpaceless(term.surface());
    return term.kind() == Kind.ARTICLE || (term.kind() == Kind.FILLER && character);
  }

  /** "可以啊": the one word that says yes or no among words without weight. */
  private static @Nullable Boolean ofParticles(Lexicon lexicon, List<Term> terms) {
    Boolean said = null;
    for (Term term : terms) {
      Boolean one = lexicon.yesOrNo(term.surface());
      if (one != null && said != null) {
        return null;
      }
      said = one == null ? said : one;
    }
    return said;
  }

  /**
   * What a text starts with that goes on after it: "Yes, always", "No, never". Without a comma, a
   * no only negates what follows: "no gloves".
   */
  static @Nullable Boolean lead(Lexicon lexicon, Reading text) {
    if (text.terms().size() < 2) {
      return null;
    }
    Term first = text.terms().getFirst();
    boolean leads = text.terms().get(1).opensPart() || first.kind() == Kind.YES;
    boolean answers =
        first.kind() == Kind.YES || first.kind() == Kind.NO || first.kind() == Kind.NOT;
    return (leads && answers) ? lexicon.yesOrNo(first.surface()) : null;
  }

  /** What stands behind the yes or no that a text starts with. */
  static Reading afterLead(Reading text) {
    return new Reading(text.tokens(), text.terms().subList(1, text.terms().size()));
  }
}

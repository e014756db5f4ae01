package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides where the right answer is a yes or a no, or starts with one. All languages count. */
final class YesNoRule {
  private YesNoRule() {}

  /** Null: the rule does not decide. */
  static @Nullable Verdict decide(Prompt prompt, Reading reply, OptionMatcher matcher) {
    Option right = prompt.right();
    Boolean wanted = right.yesNo();
    if (wanted == null) {
      return right.leads() == null ? null : decideLead(prompt, reply, right.leads());
    }
    boolean yes = says(prompt.lexicon(), reply, true);
    boolean no = says(prompt.lexicon(), reply, false);
    if (yes && no) {
      return Verdict.wrong("says yes and no");
    }
    if (!yes && !no) {
      return null;
    }
    if (yes != wanted) {
      return Verdict.wrong(yes ? "says yes, the answer is no" : "says no, the answer is yes");
    }
    if (reply.has(Kind.UNKNOWN) || reply.has(Kind.OR)) {
      return Verdict.wrong("leaves it open");
    }
    if (yes ? reply.has(Kind.NOT) : isNoNegated(prompt.lexicon(), reply)) {
      return Verdict.wrong("negates what it says");
    }
    boolean another =
        matcher.contained().stream()
            .anyMatch(option -> !option.is(right) && option.yesNo() == null);
    return another
        ? Verdict.wrong("names another option too")
        : Verdict.right(wanted ? "says yes" : "says no");
  }

  /** "Yes" answers "Yes, always" when no other option starts with a yes. */
  private static @Nullable Verdict decideLead(Prompt prompt, Reading reply, boolean wanted) {
    Boolean said = whole(prompt.lexicon(), reply);
    if (said == null) {
      Boolean first = prompt.lexicon().yesOrNoWord(reply.tokens().getFirst().text());
      return first != null && first != wanted
          ? Verdict.wrong(first ? "starts with a yes, the answer is no" : "starts with a no")
          : null;
    }
    if (said != wanted) {
      return Verdict.wrong(said ? "says yes, the answer is no" : "says no, the answer is yes");
    }
    for (Option option : prompt.options()) {
      Boolean polarity = option.yesNo() == null ? option.leads() : option.yesNo();
      if (!option.is(prompt.right()) && polarity != null && polarity == wanted) {
        return Verdict.wrong("fits several options");
      }
    }
    return Verdict.right("is the " + (wanted ? "yes" : "no") + " of the answer");
  }

  /** What a reply means that is no more than a yes or a no; null: it is more, or neither. */
  static @Nullable Boolean whole(Lexicon lexicon, Reading reply) {
    Boolean whole = lexicon.yesOrNo(reply.words());
    if (whole != null) {
      return whole;
    }
    for (Term term : reply.terms()) {
      if (term.isWeightless() && lexicon.yesOrNo(term.surface()) != null) {
        return null;
      }
    }
    return lexicon.yesOrNo(reply.weightyWords());
  }

  /** Whether a reply, a part of it between commas, or a word of it is a yes (or a no). */
  private static boolean says(Lexicon lexicon, Reading reply, boolean yes) {
    Boolean whole = whole(lexicon, reply);
    if (whole != null) {
      return whole == yes;
    }
    for (Term term : reply.terms()) {
      Boolean word = term.isWeightless() ? null : lexicon.yesOrNoWord(term.surface());
      if (word != null && word == yes) {
        return true;
      }
    }
    for (String part : parts(reply)) {
      Boolean said = lexicon.yesOrNo(part);
      if (said != null && said == yes) {
        return true;
      }
    }
    return false;
  }

  /** "Not never": a negation that is no answer, before the no. */
  private static boolean isNoNegated(Lexicon lexicon, Reading reply) {
    if (whole(lexicon, reply) != null) {
      return false;
    }
    boolean negated = false;
    for (Term term : reply.terms()) {
      negated &= !term.opensPart();
      if (lexicon.yesOrNo(term.surface()) != null) {
        return negated;
      }
      negated |= term.kind() == Kind.NOT;
    }
    return false;
  }

  /** What stands between commas and the like, and between "and" or "or". */
  private static List<String> parts(Reading reply) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (Term term : reply.terms()) {
      boolean joins = term.kind() == Kind.AND || term.kind() == Kind.OR;
      if (joins || term.opensPart()) {
        parts.add(Lexicon.key(reply.tokens().subList(start, term.first())));
        start = joins ? Math.min(term.first() + 1, reply.tokens().size()) : term.first();
      }
    }
    parts.add(Lexicon.key(reply.tokens().subList(start, reply.tokens().size())));
    return parts;
  }

  /**
   * What a text starts with that goes on after it: "Yes, always", "No, never". Without a comma, a
   * no only negates what follows: "no gloves".
   */
  static @Nullable Boolean lead(Lexicon lexicon, Reading text) {
    List<Token> tokens = text.tokens();
    if (tokens.size() < 2 || whole(lexicon, text) != null) {
      return null;
    }
    String first = tokens.getFirst().text();
    boolean leads = tokens.get(1).opensPart() || Boolean.TRUE.equals(lexicon.yesOrNoWord(first));
    return leads ? lexicon.yesOrNo(first) : null;
  }

  /** What stands behind the yes or no that a text starts with. */
  static Reading afterLead(Reading text) {
    return new Reading(
        text.tokens(), text.terms().stream().filter(term -> term.first() > 0).toList());
  }
}

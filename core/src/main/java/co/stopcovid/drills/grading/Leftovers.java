package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Quantity.Fit;
import co.stopcovid.drills.grading.Term.Kind;
import co.stopcovid.drills.grading.Words.Likeness;
import java.util.ArrayList;
import java.util.List;

/** What of a reply is neither said by a form, nor repeats the question, nor is without weight. */
final class Leftovers {
  private final Prompt prompt;
  private final Cover cover;
  private final Form form;
  private final Matching matching;
  private final List<Term> reply;

  private Leftovers(Prompt prompt, Cover cover, Matching matching, List<Term> reply) {
    this.prompt = prompt;
    this.cover = cover;
    this.form = cover.form();
    this.matching = matching;
    this.reply = reply;
  }

  static List<Term> of(Prompt prompt, Cover cover, Matching matching, List<Term> reply) {
    return new Leftovers(prompt, cover, matching, reply).collect();
  }

  private List<Term> collect() {
    List<Term> left = new ArrayList<>();
    for (int i = 0; i < reply.size(); i++) {
      if (!matching.uses(i) && !isExplained(reply.get(i), i)) {
        left.add(reply.get(i));
      }
    }
    if (isEnumeration()) {
      left.removeIf(term -> term.kind() == Kind.QUANTITY);
    }
    return left;
  }

  /** "1 pull 2 aim 3 squeeze": the numbers only count the parts. */
  private boolean isEnumeration() {
    int count = 0;
    for (int i = 0; i < reply.size(); i++) {
      Quantity quantity = matching.uses(i) ? null : reply.get(i).quantity();
      if (quantity != null) {
        count++;
        if (!quantity.isBare() || !quantity.numbers().equals(List.of(Integer.toString(count)))) {
          return false;
        }
      }
    }
    return count > 1 && count == form.partCount();
  }

  private boolean isExplained(Term term, int at) {
    return switch (term.kind()) {
      case WORD, CALENDAR ->
          (prompt.repeats(term)
                  && (!prompt.lexicon().compares(term.surface()) || repeatsPhrase(at))
                  && (!Words.isSpaceless(term.surface()) || repeatsCharacter(at)))
              || isSaidAgain(term)
              || saysAllParts(term)
              || isMisspeltUnit(term, at)
              || completesVerb(term, at)
              || isDoubled(at)
              || prompt.words().isMisspeltArticle(term);
      case PREPOSITION ->
          prompt.repeats(term)
              || (!exchanges() && (!isNear(term) || form.terms().stream().anyMatch(this::isNear)));
      case QUANTITY -> isQuantityRepeated(term);
      case NOT, NO -> repeatsNegation(at);
      case THEN -> form.partCount() > 1 || prompt.repeats(term) || isFirst(term);
      case COMPARISON -> repeatsPhrase(at) || prompt.asked().compares(term.value());
      case YES -> prompt.takesAssent();
      case OR -> form.has(Kind.OR) || (term.surface().equals("/") && form.partCount() > 1);
      case AND, ARTICLE, FILLER -> true;
      case BECAUSE -> form.has(Kind.BECAUSE) || at == 0;
      case EXCEPT, BUT, UNKNOWN, ASK -> false;
    };
  }

  /** "Both soap and water", "all three". */
  private boolean saysAllParts(Term term) {
    String meaning = prompt.lexicon().meaning(term.surface());
    return form.swappable()
        && cover.isWhole()
        && (("both".equals(meaning) && form.partCount() == 2)
            || ("all".equals(meaning) && form.partCount() > 2));
  }

  /** "4 horaz" for "4 horas". */
  private boolean isMisspeltUnit(Term term, int at) {
    Quantity before = at == 0 ? null : reply.get(at - 1).quantity();
    if (before == null || before.unit() != null) {
      return false;
    }
    for (Term known : form.terms()) {
      if (known.quantity() != null && known.quantity().unit() != null) {
        String unit = known.surface().substring(known.surface().lastIndexOf(' ') + 1);
        return prompt.words().likeness(term.surface(), unit) == Likeness.SLIP
            || Words.isTransposed(term.surface(), unit);
      }
    }
    return false;
  }

  /** "关掉" for "关": behind a verb of the form, and one with it. */
  private boolean completesVerb(Term term, int at) {
    if (at == 0 || !prompt.lexicon().completes(term.surface())) {
      return false;
    }
    for (int j = 0; j < form.size(); j++) {
      if (matching.at(j) == at - 1) {
        // What stands behind the verb has to be said behind it: 最上层 is not 最下层.
        return j + 1 == form.size() || matching.at(j + 1) == at + 1;
      }
    }
    return false;
  }

  /** "洗洗手": the verb said twice. */
  private boolean isDoubled(int at) {
    Term term = reply.get(at);
    if (!Words.isSpaceless(term.surface())) {
      return false;
    }
    boolean next = at + 1 < reply.size() && isSaidCopy(term, at + 1);
    return next || (at > 0 && isSaidCopy(term, at - 1));
  }

  private boolean isSaidCopy(Term term, int at) {
    Term other = reply.get(at);
    return matching.uses(at)
        && other.surface().equals(term.surface())
        && (other.first() == term.end() || other.end() == term.first());
  }

  /** "First" beside the one thing to be done. */
  private boolean isFirst(Term term) {
    return prompt.asked().ordinals().isEmpty() && prompt.lexicon().ordinal(term).equals("1");
  }

  /**
   * A character of the question: with the one beside it there, or as a verb before the answer.
   * Apart from that, one character is as often a part of another word.
   */
  private boolean repeatsCharacter(int at) {
    Term term = reply.get(at);
    for (int i = at - 1; i <= at; i++) {
      boolean pair = i >= 0 && i + 1 < reply.size();
      if (pair && prompt.asked().says(reply.get(i).surface(), reply.get(i + 1).surface())) {
        return true;
      }
    }
    for (int i = 0; i < at; i++) {
      if (matching.uses(i)) {
        return false;
      }
    }
    return at + 1 < reply.size() && reply.get(at + 1).first() == term.end();
  }

  /** "before cleaning" and "hang up", as the question says it. */
  private boolean repeatsPhrase(int at) {
    String word = reply.get(at).surface();
    boolean next = at + 1 < reply.size() && prompt.asked().says(word, reply.get(at + 1).surface());
    return next || (at > 0 && prompt.asked().says(reply.get(at - 1).surface(), word));
  }

  /** "Near the drawer" is not "in the drawer". */
  private boolean isNear(Term term) {
    return prompt.lexicon().isNear(term.surface());
  }

  /** A preposition beside another one that the form has, and that is not said. */
  private boolean exchanges() {
    if (prompt.isList()) {
      return false;
    }
    for (int j = 0; j < form.size(); j++) {
      if (form.terms().get(j).kind() == Kind.PREPOSITION && !matching.says(j)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSaidAgain(Term term) {
    return !Words.isSpaceless(term.surface())
        && form.terms().stream()
            .anyMatch(known -> prompt.words().likeness(term, known) == Likeness.SAME);
  }

  private boolean isQuantityRepeated(Term term) {
    Quantity said = term.quantity();
    if (said == null) {
      return false;
    }
    boolean one = said.numbers().equals(List.of("1")) && said.sign().isEmpty();
    if (one && (said.unit() == null || isPiece(term, said.unit())) && !form.has(Kind.QUANTITY)) {
      return true; // "one mask", 一个口罩
    }
    for (Quantity asked : prompt.asked().quantities()) {
      if (said.numbers().equals(asked.numbers())) {
        return true;
      }
    }
    for (Form other : prompt.right().forms()) {
      Quantity only = other.onlyQuantity();
      if (only != null
          && !other.equals(form)
          && other.size() == 1
          && said.fit(only, prompt.asked()) == Fit.SAME
          && prompt.right().forms().contains(form)) {
        return true;
      }
    }
    return form.terms().stream()
        .anyMatch(
            known ->
                known.quantity() != null && said.fit(known.quantity(), prompt.asked()) == Fit.SAME);
  }

  /** What counts things in Chinese; 块 is a coin and a piece. */
  private static boolean isPiece(Term term, String unit) {
    return Units.isPiece(unit) || term.surface().endsWith("块");
  }

  /** A negation that the question has itself: "Which is not …?" */
  private boolean repeatsNegation(int at) {
    return at + 1 < reply.size()
        && reply.size() > 2
        && prompt.asked().negated().contains(reply.get(at + 1).value());
  }
}

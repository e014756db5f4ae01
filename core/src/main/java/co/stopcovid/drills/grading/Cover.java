package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.grading.Quantity.Fit;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a reply and one way to say an option cover each other: which of the option's words are said,
 * and what of the reply remains that is neither said by the option nor without weight.
 */
final class Cover {
  private final Prompt prompt;
  private final Form form;
  private final List<Term> reply;
  private final Matching matching;
  private List<Term> left = List.of();

  private Cover(Prompt prompt, Form form, List<Term> reply) {
    this.prompt = prompt;
    this.form = form;
    this.reply = reply;
    this.matching = Matching.of(prompt, form, reply);
  }

  static Cover of(Prompt prompt, Form form, List<Term> reply) {
    var cover = new Cover(prompt, form, reply);
    cover.left = Leftovers.of(prompt, cover, cover.matching, reply);
    return cover;
  }

  Form form() {
    return form;
  }

  /** What of the reply remains without explanation. */
  List<Term> left() {
    return left;
  }

  boolean leaves(Kind kind) {
    return left.stream().anyMatch(term -> term.kind() == kind);
  }

  /** Whether an exclusion stands before all that is said: "anything but soap". */
  boolean followsExclusion() {
    for (int i = 0; i < reply.size() && !matching.uses(i); i++) {
      if (reply.get(i).kind() == Kind.EXCEPT && left.contains(reply.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing is left but negations. */
  boolean isDenied() {
    return !left.isEmpty()
        && left.stream().allMatch(term -> term.kind() == Kind.NOT || term.kind() == Kind.EXCEPT);
  }

  boolean isSlipped() {
    return matching.isSlipped();
  }

  /** How the reply's number fits, where both have one; null: they do not meet. */
  @Nullable Fit quantityFit() {
    return matching.quantityFit();
  }

  /** Whether any word of the form with weight of its own is said. */
  boolean touches() {
    for (int j = 0; j < form.size(); j++) {
      if (matching.says(j)
          && form.terms().get(j).kind() != Kind.PREPOSITION
          && !prompt.repeats(form.terms().get(j))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a term that no other option has is said. */
  boolean touches(Set<String> distinctive) {
    for (int j = 0; j < form.size(); j++) {
      Term term = form.terms().get(j);
      if (matching.says(j) && distinctive.contains(term.value())) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of the form that cannot be left out is said. */
  boolean isWhole() {
    boolean any = false;
    for (int j = 0; j < form.size(); j++) {
      if (!matching.says(j) && !isOptional(j)) {
        return false;
      }
      any |= matching.says(j) && form.terms().get(j).kind() != Kind.PREPOSITION;
    }
    return any && (touches() || saidCount() == form.size());
  }

  private int saidCount() {
    int said = 0;
    for (int j = 0; j < form.size(); j++) {
      said += matching.says(j) ? 1 : 0;
    }
    return said;
  }

  /**
   * Whether every word that turns the form is said, and of what stands side by side all or none.
   */
  boolean isFair() {
    for (int j = 0; j < form.size(); j++) {
      switch (form.terms().get(j).kind()) {
        case NOT, EXCEPT, COMPARISON, BUT, UNKNOWN, CALENDAR -> {
          if (!matching.says(j)) {
            return false;
          }
        }
        default -> {
          // May be left out.
        }
      }
    }
    return saysUnitsTogether();
  }

  /**
   * At least half of the words that not all options share, two thirds of Chinese characters; and
   * not a number without the other numbers.
   */
  boolean saysEnough(Set<String> shared) {
    int all = 0;
    int said = 0;
    boolean spaceless = false;
    boolean number = false;
    boolean missingNumber = false;
    for (int j = 0; j < form.size(); j++) {
      Term term = form.terms().get(j);
      if (!weighs(term) || prompt.repeats(term) || shared.contains(term.value())) {
        continue;
      }
      boolean isSaid = matching.says(j);
      spaceless |= Words.isSpaceless(term.surface());
      number |= term.quantity() != null && isSaid;
      missingNumber |= term.quantity() != null && !isSaid;
      all++;
      said += isSaid ? 1 : 0;
    }
    boolean enough = spaceless ? 3 * said >= 2 * all : 2 * said >= all;
    return enough && !(number && missingNumber);
  }

  private static boolean weighs(Term term) {
    return switch (term.kind()) {
      case PREPOSITION, OR, YES, NO, THEN, BECAUSE -> false;
      default -> true;
    };
  }

  private boolean saysUnitsTogether() {
    boolean[] inForm = new boolean[form.partCount()];
    boolean[] said = new boolean[form.partCount()];
    for (int j = 0; j < form.size(); j++) {
      int unit = form.units().get(j);
      if (unit >= 0) {
        inForm[unit] = true;
        said[unit] |= matching.says(j);
      }
    }
    boolean any = false;
    boolean all = true;
    for (int unit = 0; unit < said.length; unit++) {
      any |= said[unit];
      all &= said[unit] || !inForm[unit];
    }
    return !any || all;
  }

  /** Whether what is said comes in the form's order, or in one that its "and" allows. */
  boolean isInOrder(boolean mayTurn) {
    return new Order(form, matching).holds(mayTurn);
  }

  /** "the ventilation" of "increase the ventilation" may be left out, as may a preposition. */
  private boolean isOptional(int j) {
    Term term = form.terms().get(j);
    return switch (term.kind()) {
      case PREPOSITION, OR, NO, YES, THEN, BECAUSE -> true;
      case ASK -> form.size() > 1;
      case WORD ->
          prompt.repeats(term) || isCounted(j) || asks(term) || isLimit(term) || completes(j);
      default -> false;
    };
  }

  /** The "only" of "only the manager", where no other option could say more. */
  private boolean isLimit(Term term) {
    return term.value().equals(Reader.LIMIT) && form.size() > 1 && !prompt.isList();
  }

  /** The 掉 of 关掉阀门. */
  private boolean completes(int j) {
    return j > 0
        && j + 1 < form.size()
        && !prompt.isList()
        && matching.says(j - 1)
        && prompt.lexicon().completes(form.terms().get(j).surface());
  }

  /** The "when" of "when they are torn", where the question has asked for it. */
  private boolean asks(Term term) {
    return form.size() > 1 && prompt.lexicon().has(term.surface(), Role.QUESTION);
  }

  /** "2" for "2 pumps": the one word beside a number that is right. */
  private boolean isCounted(int j) {
    if (form.onlyQuantity() == null || (j == 0 && form.size() > 2)) {
      return false;
    }
    int words = 0;
    boolean said = false;
    for (int k = 0; k < form.size(); k++) {
      Term term = form.terms().get(k);
      words += term.kind() == Kind.WORD && !prompt.repeats(term) ? 1 : 0;
      said |= term.kind() == Kind.QUANTITY && matching.says(k);
    }
    return words == 1 && said;
  }
}

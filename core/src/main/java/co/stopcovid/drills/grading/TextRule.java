package co.stopcovid.drills.grading;

import co.stopcovid.drills.EditDistance;
import co.stopcovid.drills.grading.Quantity.Fit;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides replies by coverage: a reply says an option when all of its words are the option's, or
 * have no weight. What covers more than one option, or leaves a word unexplained, is not right.
 */
final class TextRule {
  private static final int STEM = 4;

  /** What is accepted in so many forms can be said in others, too. */
  private static final int MANY_FORMS = 3;

  private final Prompt prompt;
  private final Reading reply;
  private final List<Term> terms;

  /** How the reply covers each option, in its best form. */
  private final List<Cover> covers = new ArrayList<>();

  private TextRule(Prompt prompt, Reading reply) {
    this.prompt = prompt;
    this.reply = reply;
    this.terms = Form.weighty(reply.terms());
    for (Option option : prompt.options()) {
      covers.add(best(option));
    }
  }

  static Verdict decide(Prompt prompt, Reading reply) {
    return new TextRule(prompt, reply).decide();
  }

  /** The option that a reply says in full, its letters taken as words; null: none, or several. */
  static @Nullable Option exact(Prompt prompt, Reading reply) {
    String words = reply.words();
    Option exact = null;
    for (Option option : prompt.options()) {
      if (option.hasWords(words)) {
        if (exact != null) {
          return null;
        }
        exact = option;
      }
    }
    return exact;
  }

  /** The values of an option's words that no other option has. */
  static Set<String> distinctive(Prompt prompt, Option option) {
    Set<String> values = new HashSet<>();
    for (Form form : option.forms()) {
      for (Term term : form.terms()) {
        if (term.kind() == Kind.WORD
            || term.kind() == Kind.QUANTITY
            || term.kind() == Kind.CALENDAR) {
          values.add(term.value());
        }
      }
    }
    for (Option other : prompt.options()) {
      if (!other.is(option)) {
        other.forms().forEach(form -> values.removeAll(form.values()));
      }
    }
    values.removeAll(prompt.asked().words());
    return values;
  }

  private Cover best(Option option) {
    Cover best = null;
    for (Form form : option.forms()) {
      Cover cover = Cover.of(prompt, form, terms);
      if (best == null || rank(cover) > rank(best)) {
        best = cover;
      }
    }
    if (best == null) {
      throw new IllegalStateException("option " + option.name() + " has no form");
    }
    return best;
  }

  private static int rank(Cover cover) {
    int rank = cover.isWhole() ? 4 : 0;
    rank += cover.left().isEmpty() && cover.touches() ? 8 : 0;
    rank += cover.touches() ? 2 : 0;
    return rank + (cover.isSlipped() ? 0 : 1);
  }

  private Verdict decide() {
    List<Option> said = said();
    if (said.size() == 1) {
      return prompt.chosen(said.getFirst(), "says the answer");
    }
    if (said.size() > 1) {
      return severalSaid(said);
    }
    return unsaid();
  }

  private List<Option> said() {
    List<Option> exact = new ArrayList<>(1);
    List<Option> said = new ArrayList<>(1);
    for (Option option : prompt.options()) {
      Cover cover = covers.get(option.index());
      if (!cover.left().isEmpty() || !cover.isFair()) {
        continue;
      }
      boolean inOrder = cover.isInOrder(!prompt.asked().order());
      if (cover.isWhole() && inOrder) {
        exact.add(option);
      } else if (prompt.isList() && isPartOf(option, cover, inOrder)) {
        said.add(option);
      }
    }
    return exact.isEmpty() ? said : exact;
  }

  /** All words are the option's, and one is no other's. */
  private boolean isPartOf(Option option, Cover cover, boolean inOrder) {
    Form form = cover.form();
    boolean ordered =
        form.has(Kind.COMPARISON)
            || form.has(Kind.THEN)
            || form.has(Kind.NOT)
            || form.has(Kind.EXCEPT)
            || form.terms().stream().anyMatch(term -> Words.isSpaceless(term.surface()));
    return cover.touches(distinctive(prompt, option))
        && cover.saysEnough(shared(option))
        && (inOrder || (!ordered && (form.partCount() < 2 || cover.isInOrder(true))));
  }

  /** The values of an option's words that every other option has, too. */
  private Set<String> shared(Option option) {
    Set<String> shared = new HashSet<>(option.forms().getFirst().values());
    for (Option other : prompt.options()) {
      if (!other.is(option) && other.forms().getFirst().meaning() == null) {
        shared.retainAll(other.forms().getFirst().values());
      }
    }
    return shared;
  }

  private Verdict severalSaid(List<Option> said) {
    List<String> names = said.stream().map(Option::name).toList();
    String reason = "fits several: " + String.join(", ", names);
    boolean right = said.stream().anyMatch(option -> option.is(prompt.right()));
    if (!right) {
      return Verdict.wrong(reason, null);
    }
    return Verdict.notUnderstood(reason, null);
  }

  /** No option is said and nothing else. */
  private Verdict unsaid() {
    Cover right = covers.get(prompt.right().index());
    boolean unknown = has(Kind.UNKNOWN);
    if (isReadInGroups()) {
      return Verdict.right("reads the number out", prompt.right().label());
    }
    if (terms.stream().allMatch(Term::isWeightless)) {
      return Verdict.notUnderstood("says nothing of weight", null);
    }
    if (unknown && !right.isWhole()) {
      return Verdict.wrong("says that the answer is not known", null);
    }
    if (right.isWhole()) {
      return beside(right);
    }
    Verdict number = byNumber(right);
    if (number != null) {
      return number;
    }
    return prompt.isList() ? unsaidOption(right) : unsaidAnswer(right);
  }

  private boolean has(Kind kind) {
    return terms.stream().anyMatch(term -> term.kind() == kind);
  }

  /** The whole answer, beside something that weighs, or in another order. */
  private Verdict beside(Cover right) {
    for (Option option : prompt.options()) {
      Cover cover = covers.get(option.index());
      if (!option.is(prompt.right())
          && cover.touches(distinctive(prompt, option))
          && cover.isWhole()) {
        return excludes(option)
            ? Verdict.notUnderstood("says the answer, and not " + option.name(), null)
            : Verdict.wrong("names " + option.name() + " beside the answer", null);
      }
    }
    if (right.left().isEmpty()) {
      return right.isFair() && right.form().partCount() > 2 && !right.form().swappable()
          ? Verdict.wrong("says the answer in another order", prompt.right().label())
          : Verdict.notUnderstood("says the answer in another order", null);
    }
    if (right.leaves(Kind.OR) && !isOpen()) {
      return Verdict.wrong("leaves it open between the answer and another", null);
    }
    if (right.followsExclusion()) {
      return Verdict.wrong("excludes the answer", null);
    }
    boolean denied =
        right.left().size() == 1
            && prompt.right().yesNo() == null
            && (right.leaves(Kind.NOT) || right.leaves(Kind.EXCEPT) || right.leaves(Kind.NO))
            && !Boolean.FALSE.equals(prompt.right().leads())
            && !isReasonOfTruth(right.left().getFirst());
    if (denied) {
      return Verdict.wrong("negates the answer", null);
    }
    return Verdict.notUnderstood(
        "says more than the answer: " + right.left().getFirst().surface(), null);
  }

  /** "The stairs, not the lift": what the negation stands before is the other option's. */
  private boolean excludes(Option other) {
    Set<String> others = distinctive(prompt, other);
    Set<String> rights = distinctive(prompt, prompt.right());
    boolean denied = false;
    for (Term term : terms) {
      if (term.kind() == Kind.NOT || term.kind() == Kind.EXCEPT) {
        denied = true;
      } else if (denied && rights.contains(term.value())) {
        return false;
      } else if (denied && others.contains(term.value())) {
        return true;
      }
    }
    return false;
  }

  /** "False, it is forbidden": a no behind the comma may be the reason, and deny nothing. */
  private boolean isReasonOfTruth(Term denial) {
    boolean truth = prompt.right().means("true") || prompt.right().means("false");
    boolean said = terms.indexOf(denial) > 0;
    boolean parted =
        terms.stream()
            .anyMatch(
                term -> term.opensPart() && term.first() > 0 && term.first() <= denial.first());
    return truth && said && (parted || denial.end() > denial.first() + 1);
  }

  /** A number that cannot be the answer's; null: numbers decide nothing. */
  private @Nullable Verdict byNumber(Cover right) {
    boolean numbers =
        prompt.right().forms().stream()
            .anyMatch(form -> form.terms().stream().anyMatch(term -> term.quantity() != null));
    Fit best = null;
    boolean said = false;
    for (Form form : prompt.right().forms()) {
      Cover cover = Cover.of(prompt, form, terms);
      Fit fit = cover.quantityFit();
      best = fit != null && (best == null || fit.compareTo(best) < 0) ? fit : best;
    }
    for (Term term : terms) {
      said |= term.quantity() != null;
    }
    if (!numbers || !said || has(Kind.ASK)) {
      return null;
    }
    if (best == Fit.OTHER && saysPairApart()) {
      return Verdict.notUnderstood("says both numbers of the answer", null);
    }
    if (best == Fit.OTHER) {
      Option other = otherTouched();
      return Verdict.wrong("says another number or unit", other == null ? null : other.label());
    }
    return right.touches() || best == Fit.UNSURE || best == Fit.SAME
        ? Verdict.notUnderstood("says more or less than the number of the answer", null)
        : null;
  }

  /** "one part of cement to three of sand" for 1:3. */
  private boolean saysPairApart() {
    List<String> said = new ArrayList<>();
    for (Term term : reply.terms()) {
      said.addAll(prompt.lexicon().numbers(term));
    }
    return prompt.right().forms().stream()
        .map(Form::onlyQuantity)
        .anyMatch(
            quantity ->
                quantity != null
                    && quantity.numbers().size() == 2
                    && said.equals(quantity.numbers()));
  }

  /** "nine eleven" for 911: a number without a unit, read out in groups. */
  private boolean isReadInGroups() {
    var digits = new StringBuilder();
    int groups = 0;
    for (Term term : reply.terms()) {
      List<String> numbers = prompt.lexicon().numbers(term);
      boolean typed = term.surface().chars().anyMatch(Tokenizer::isDigit);
      if (numbers.size() == 1 && !typed) {
        digits.append(numbers.getFirst());
        groups++;
      } else if (!term.isWeightless() && term.kind() != Kind.PREPOSITION) {
        return false;
      }
    }
    return groups > 1
        && prompt.right().forms().stream()
            .map(Form::onlyQuantity)
            .anyMatch(
                quantity ->
                    quantity != null
                        && quantity.isBare()
                        && quantity.places().length() > 2
                        && quantity.places().contentEquals(digits));
  }

  private @Nullable Option otherTouched() {
    Option found = null;
    for (Option option : prompt.options()) {
      if (!option.is(prompt.right())
          && covers.get(option.index()).touches(distinctive(prompt, option))) {
        if (found != null) {
          return null;
        }
        found = option;
      }
    }
    return found;
  }

  private Verdict unsaidOption(Cover right) {
    List<Option> touched = new ArrayList<>(1);
    for (Option option : prompt.options()) {
      if (!option.is(prompt.right())
          && covers.get(option.index()).touches(distinctive(prompt, option))) {
        touched.add(option);
      }
    }
    boolean ofRight = right.touches(distinctive(prompt, prompt.right()));
    if (ofRight && right.isDenied()) {
      return Verdict.wrong("negates the answer", null);
    }
    if (ofRight) {
      return Verdict.notUnderstood("says more or less than an option", null);
    }
    if (touched.isEmpty() || has(Kind.ASK) || has(Kind.NOT) || has(Kind.EXCEPT)) {
      return Verdict.notUnderstood("is none of the options", null);
    }
    String label = touched.size() == 1 ? touched.getFirst().label() : null;
    return Verdict.wrong("says words of " + touched.getFirst().name() + " only", label);
  }

  private Verdict unsaidAnswer(Cover right) {
    if (has(Kind.ASK)) {
      return Verdict.notUnderstood("asks something", null);
    }
    if (prompt.right().yesNo() != null) {
      return Verdict.notUnderstood("says neither yes nor no", null);
    }
    if (countsOther()) {
      return Verdict.wrong("counts to another than the answer", null);
    }
    return right.touches() || resembles() || saysOrdinalAsNumber() || (isOpen() && terms.size() > 2)
        ? Verdict.notUnderstood("says a part of the answer, or more", null)
        : Verdict.wrong("is not the answer", null);
  }

  /** "Third floor" for "second floor". */
  private boolean countsOther() {
    Set<String> wanted = ordinalsOfAnswer();
    List<String> said =
        terms.stream().map(prompt.lexicon()::ordinal).filter(number -> !number.isEmpty()).toList();
    return !wanted.isEmpty() && !said.isEmpty() && said.stream().noneMatch(wanted::contains);
  }

  /** "Every 2 days" for "every second day". */
  private boolean saysOrdinalAsNumber() {
    Set<String> wanted = ordinalsOfAnswer();
    return terms.stream()
        .map(Term::quantity)
        .anyMatch(said -> said != null && wanted.contains(said.numbers().getFirst()));
  }

  private Set<String> ordinalsOfAnswer() {
    Set<String> ordinals = new HashSet<>();
    for (Form form : prompt.right().forms()) {
      form.terms().forEach(term -> ordinals.add(prompt.lexicon().ordinal(term)));
    }
    ordinals.remove("");
    return ordinals;
  }

  private boolean isOpen() {
    return prompt.right().forms().size() > MANY_FORMS;
  }

  /** Whether a word starts as one of any form of the answer does, so that it may be meant. */
  private boolean resembles() {
    for (Form form : prompt.right().forms()) {
      for (Term wanted : form.terms()) {
        for (Term term : terms) {
          boolean words = wanted.isWord() && term.isWord();
          if (words && isHasty(term.surface(), wanted.surface())) {
            return true;
          }
          if (words
              && stem(wanted.surface()).equals(stem(term.surface()))
              && !prompt.asked().words().contains(term.value())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** A letter missing, or two swapped, makes another word here: "sop" for "soap". */
  private static boolean isHasty(String typed, String wanted) {
    return typed.length() <= wanted.length()
        && typed.length() > 2
        && typed.charAt(0) == wanted.charAt(0)
        && EditDistance.within(typed, wanted, 1)
        && (typed.length() < wanted.length() || sorted(typed).equals(sorted(wanted)));
  }

  private static String sorted(String word) {
    return word.chars()
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String stem(String word) {
    return Words.isSpaceless(word) || word.length() < STEM ? word : word.substring(0, STEM);
  }

  Reading reply() {
    return reply;
  }
}

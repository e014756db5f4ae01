package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Answer.Amount;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides replies by their words: equal, misspelt, or holding the whole right answer. */
final class TextRule {
  private final Prompt prompt;
  private final Option right;
  private final Reading reply;
  private final Wording full;
  private final OptionMatcher matcher;

  private TextRule(Prompt prompt, Reading reply) {
    this.prompt = prompt;
    this.right = prompt.right();
    this.reply = reply;
    this.full = prompt.wording(reply);
    this.matcher = new OptionMatcher(prompt, full);
  }

  static Verdict decide(Prompt prompt, Reading reply) {
    return new TextRule(prompt, reply).decide();
  }

  private Verdict decide() {
    if (isWordForWord()) {
      return Verdict.right("is the answer");
    }
    List<Option> equal = right.yesNo() == null ? matcher.equal() : List.of();
    if (!equal.isEmpty()) {
      return chosen(equal, "is the answer");
    }
    if (isLedByNo()) {
      return Verdict.right("is the answer with its no");
    }
    Verdict verdict = byMeaning();
    if (verdict == null) {
      verdict = YesNoRule.decide(prompt, reply, matcher);
    }
    if (verdict == null) {
      verdict = byWords();
    }
    return verdict;
  }

  /** Where another option has the same words, they tell nothing. */
  private boolean isWordForWord() {
    String words = reply.words();
    return right.words().contains(words)
        && prompt.options().stream()
            .allMatch(option -> option.is(right) || !option.words().contains(words));
  }

  /** "No use the stairs": without its comma only when every other word is there. */
  private boolean isLedByNo() {
    if (full.terms().isEmpty()) {
      return false;
    }
    Term first = full.terms().getFirst();
    if (!right.main().full().has(Kind.NO)
        || first.kind() != Kind.NOT
        || !first.surface().equals(right.main().full().terms().getFirst().surface())) {
      return false;
    }
    List<Term> terms = new ArrayList<>(full.terms());
    terms.set(0, first.as(Kind.NO, Reader.NO));
    Wording led = new Wording(terms);
    return led.size() == right.main().full().size() && led.sameAs(right.main().full());
  }

  private Verdict byWords() {
    List<Option> contained = matcher.contained();
    Option misspelt = matcher.misspelt();
    if (misspelt != null && contained.stream().allMatch(misspelt::holds)) {
      return chosen(List.of(misspelt), "is the answer with a slip of the finger");
    }
    if (contained.size() > 1) {
      return chosen(contained, "");
    }
    if (contained.size() == 1) {
      Option named = contained.getFirst();
      String objection = named.is(right) ? objection() : null;
      return objection == null
          ? chosen(contained, "holds the whole answer")
          : Verdict.wrong(objection);
    }
    if (isNumberAlone()) {
      return Verdict.right("is the number of the answer");
    }
    String objection = objection();
    return Verdict.wrong(objection == null ? "is not the answer" : objection);
  }

  private Verdict chosen(List<Option> options, String reason) {
    if (options.size() > 1) {
      List<String> names = options.stream().map(Option::name).toList();
      return Verdict.wrong("names several: " + String.join(", ", names));
    }
    Option option = options.getFirst();
    return option.is(right)
        ? Verdict.right(reason, option.label())
        : Verdict.wrong(
            "names " + option.name() + ", the answer is " + right.name(), option.label());
  }

  /** "All of them" and the like: right when that is what the right option means. */
  private @Nullable Verdict byMeaning() {
    String meaning = prompt.lexicon().meaning(reply.words());
    if (meaning == null) {
      meaning = prompt.lexicon().meaning(reply.wordsWithoutFillers());
    }
    if (meaning == null) {
      return reply.has(Kind.UNKNOWN) && !right.means("unknown")
          ? Verdict.wrong("says that the answer is not known")
          : null;
    }
    if (right.means(meaning) || (meaning.equals("both") && right.mentions().size() == 2)) {
      return Verdict.right("means " + meaning + ", as the answer does");
    }
    return Verdict.wrong("means " + meaning + ", the answer does not");
  }

  /** Why a reply that holds the right answer is wrong all the same; null: it is not. */
  private @Nullable String objection() {
    int negations = right.main().full().count(Kind.NOT);
    int said = full.count(Kind.NOT);
    if (!right.main().full().has(Kind.NO)) {
      said += full.count(Kind.NO);
    }
    if (said > negations || (said == 0 && isNearNegation())) {
      return "negates something, the answer does not";
    }
    if (said < negations) {
      return "lacks the negation of the answer";
    }
    if (saysOpposite()) {
      return "says the opposite too";
    }
    if (full.count(Kind.OR) > right.main().full().count(Kind.OR)) {
      return "leaves it open between two";
    }
    return objectionToNumbers();
  }

  /** "nevr" is no word of its own, and could turn the answer round. */
  private boolean isNearNegation() {
    for (Term term : full.terms()) {
      if (term.kind() == Kind.WORD && prompt.lexicon().isMisspeltNegation(term.surface())) {
        return true;
      }
    }
    return false;
  }

  /** "True and false": a word that means something else where the answer means one thing. */
  private boolean saysOpposite() {
    String meaning = right.main().meaning();
    if (meaning == null) {
      return false;
    }
    for (Term term : full.terms()) {
      String other = prompt.lexicon().meaning(term.surface());
      if (other != null && !other.equals(meaning)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String objectionToNumbers() {
    List<Amount> wanted = right.main().amounts();
    List<String> signs = signs(full);
    signs.removeAll(prompt.facts().signs());
    if (!signs.equals(signs(right.main().full()))) {
      return "moves the number by " + signs;
    }
    if (wanted.isEmpty() && prompt.options().stream().allMatch(o -> o.main().amounts().isEmpty())) {
      return null;
    }
    for (Amount amount : Amount.in(reply.terms())) {
      boolean known = false;
      for (Amount one : wanted) {
        known |= one.number().equals(amount.number()) && isSameUnit(one, amount);
      }
      if (!known && !prompt.facts().numbers().contains(amount.number())) {
        return "says another number or unit: " + amount.number();
      }
    }
    return null;
  }

  /** A unit may be left out, and added when the question asks in it. */
  private boolean isSameUnit(Amount wanted, Amount said) {
    String unit = said.unit();
    if (unit == null || unit.equals(wanted.unit())) {
      return true;
    }
    if (wanted.unit() != null) {
      return wanted.unit().startsWith(unit + " "); // "degree" for "degree celsius"
    }
    return prompt.facts().units().isEmpty() || prompt.facts().units().contains(unit);
  }

  private static List<String> signs(Wording wording) {
    List<String> signs = new ArrayList<>(0);
    for (Term term : wording.terms()) {
      if (term.kind() == Kind.COMPARISON) {
        signs.add(term.value());
      }
    }
    return signs;
  }

  /** A number alone answers when the rest of the right answer says nothing that tells it apart. */
  private boolean isNumberAlone() {
    List<Amount> wanted = right.main().amounts();
    List<Amount> said = Amount.in(reply.terms());
    if (said.isEmpty() || said.size() != wanted.size() || objection() != null) {
      return false;
    }
    for (Term term : matcher.lean().terms()) {
      if (term.kind() != Kind.NUMBER && term.kind() != Kind.UNIT) {
        return false;
      }
    }
    for (int i = 0; i < said.size(); i++) {
      if (!said.get(i).number().equals(wanted.get(i).number())
          || !isSameUnit(wanted.get(i), said.get(i))) {
        return false;
      }
    }
    return numberTellsApart(wanted);
  }

  private boolean numberTellsApart(List<Amount> wanted) {
    int rest = 0;
    boolean startsWithNumber = true;
    for (Term term : right.main().lean().terms()) {
      rest += term.kind() == Kind.WORD ? 1 : 0;
      startsWithNumber &= rest == 0 || term.kind() != Kind.NUMBER;
    }
    boolean allHaveNumbers = prompt.isList();
    for (Option option : prompt.options()) {
      List<Amount> amounts = option.main().amounts();
      if (!option.is(right) && numbers(amounts).equals(numbers(wanted))) {
        return false;
      }
      allHaveNumbers &= !amounts.isEmpty();
    }
    return allHaveNumbers || (startsWithNumber && rest <= 1);
  }

  private static List<String> numbers(List<Amount> amounts) {
    return amounts.stream().map(Amount::number).toList();
  }
}

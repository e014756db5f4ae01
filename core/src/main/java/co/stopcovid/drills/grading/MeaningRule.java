package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Term.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides replies that mean something as a whole: all, both, none, true, false, not known. */
final class MeaningRule {
  private static final String BOTH = "both";
  private static final String ALWAYS = "always";

  private MeaningRule() {}

  /** Null: the rule does not decide. */
  static @Nullable Verdict decide(Prompt prompt, Reading reply) {
    TruthRule.Said truth = TruthRule.said(prompt, reply);
    if (truth != null && truth.both()) {
      return prompt.right().means(truth.last())
          ? Verdict.notUnderstood("says true and false", null)
          : Verdict.wrong("says true and false", null);
    }
    if (truth != null) {
      return byMeaning(prompt, truth.last());
    }
    String meaning = prompt.lexicon().meaning(reply.words());
    if (meaning == null) {
      meaning = prompt.lexicon().meaning(reply.wordsWithoutFillers());
    }
    if (isNone(prompt, reply, meaning)) {
      return Verdict.right("says that there is none", prompt.right().label());
    }
    if (meaning == null || meaning.equals("true") || meaning.equals("false")) {
      return null;
    }
    String whole = meaning;
    if (meaning.equals(ALWAYS) && prompt.options().stream().noneMatch(o -> o.means(ALWAYS))) {
      return always(prompt);
    }
    boolean word = reply.terms().size() == 1 && isWordOfAnswer(prompt, reply.words());
    if (word
        && !isBothOf(prompt.right(), meaning)
        && prompt.options().stream().noneMatch(option -> option.means(whole))) {
      return null; // "nobody" for "Nobody, until it is checked"
    }
    return byMeaning(prompt, meaning);
  }

  private static boolean isBothOf(Option right, String meaning) {
    return meaning.equals(BOTH) && right.mentions().size() == 2 && !right.means("all");
  }

  /** "Always" is more than a yes, but no "no"; to other questions it says what its word does. */
  private static @Nullable Verdict always(Prompt prompt) {
    return Boolean.FALSE.equals(prompt.right().yesNo())
        ? Verdict.wrong("says yes, the answer is no", null)
        : null;
  }

  /** "Zero" for "none", and the other way round, where nothing is listed. */
  private static boolean isNone(Prompt prompt, Reading reply, @Nullable String meaning) {
    if (prompt.isList()) {
      return false;
    }
    List<Term> said = Form.weighty(reply.terms());
    boolean none = "none".equals(meaning) || isNoneOf(prompt, said);
    return prompt.right().means("none")
        ? isNoneOf(prompt, said) || isZero(said)
        : none && prompt.right().forms().stream().anyMatch(form -> isBareZero(form.terms()));
  }

  /** "No people", where the question asks for people. */
  private static boolean isNoneOf(Prompt prompt, List<Term> said) {
    return said.size() == 2
        && said.getFirst().kind() == Kind.NOT
        && said.getLast().kind() == Kind.WORD
        && prompt.repeats(said.getLast());
  }

  /** None is 0, but not 0 °C. */
  private static boolean isBareZero(List<Term> terms) {
    Quantity quantity = terms.size() == 1 ? terms.getFirst().quantity() : null;
    return quantity != null && quantity.isBare() && isZero(terms);
  }

  private static boolean isZero(List<Term> terms) {
    Quantity quantity = terms.size() == 1 ? terms.getFirst().quantity() : null;
    return quantity != null && quantity.sign().isEmpty() && quantity.numbers().equals(List.of("0"));
  }

  private static boolean isWordOfAnswer(Prompt prompt, String words) {
    return prompt.options().stream()
        .anyMatch(
            option ->
                option.forms().stream()
                    .anyMatch(
                        form ->
                            form.terms().stream().anyMatch(term -> term.surface().equals(words))));
  }

  private static Verdict byMeaning(Prompt prompt, String meaning) {
    Option right = prompt.right();
    if (right.means(meaning) || isBothOf(right, meaning)) {
      return Verdict.right("means " + meaning + ", as the answer does", right.label());
    }
    for (Option option : prompt.options()) {
      if (option.means(meaning)) {
        return prompt.chosen(option, "");
      }
    }
    if (meaning.equals("unknown")) {
      return Verdict.wrong("says that the answer is not known", null);
    }
    return Verdict.wrong("means " + meaning + ", the answer does not", null);
  }
}

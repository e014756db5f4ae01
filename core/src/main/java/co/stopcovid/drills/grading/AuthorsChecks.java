package co.stopcovid.drills.grading;

import co.stopcovid.drills.Choice;
import co.stopcovid.drills.EditDistance;
import co.stopcovid.drills.grading.Alike.How;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a prompt's author has to see before a learner does, read as replies are read. */
final class AuthorsChecks {
  private AuthorsChecks() {}

  static List<Alike> alikeOptions(Prompt prompt, List<Choice> listed) {
    List<Alike> pairs = new ArrayList<>();
    for (int i = 0; i < listed.size(); i++) {
      for (int j = i + 1; j < listed.size(); j++) {
        How how = likeness(written(prompt, listed.get(i)), written(prompt, listed.get(j)));
        if (how != null) {
          pairs.add(new Alike(listed.get(i).label(), listed.get(j).label(), how));
        }
      }
    }
    return pairs;
  }

  private static Form written(Prompt prompt, Choice choice) {
    return Form.of(prompt.lexicon(), prompt.read(choice.text()));
  }

  private static @Nullable How likeness(Form one, Form other) {
    if (one.words().isEmpty() || other.words().isEmpty()) {
      return null;
    }
    if (one.words().equals(other.words())) {
      return How.SAME;
    }
    boolean numbers = one.has(Term.Kind.QUANTITY) || other.has(Term.Kind.QUANTITY);
    if (!numbers && one.words().replace(" ", "").equals(other.words().replace(" ", ""))) {
      return How.JOINED;
    }
    if (counted(one).equals(counted(other))) {
      return How.ORDER;
    }
    return !numbers && isOneLetterApart(one.words(), other.words()) ? How.LETTER : null;
  }

  /** How often each term is said, whatever their order. */
  private static Map<String, Integer> counted(Form form) {
    Map<String, Integer> counted = new HashMap<>();
    for (Term term : form.terms()) {
      counted.merge(
          term.quantity() == null ? term.surface() : term.quantity().toString(), 1, Integer::sum);
    }
    return counted;
  }

  /** Numbers are typed with more care, and a sign of Chinese is a word. */
  private static boolean isOneLetterApart(String one, String other) {
    boolean letters =
        (one + other).codePoints().allMatch(c -> c == ' ' || Character.isLetter(c))
            && !Words.isSpaceless(one)
            && !Words.isSpaceless(other);
    return letters
        && Math.min(one.length(), other.length()) > 1
        && EditDistance.within(one, other, 1);
  }

  /** The first two forms of an answer of which one denies the other; empty: they agree. */
  static List<String> contradiction(Prompt prompt, List<String> forms) {
    for (int i = 0; i < forms.size(); i++) {
      for (int j = i + 1; j < forms.size(); j++) {
        if (contradict(prompt, prompt.read(forms.get(i)), prompt.read(forms.get(j)))) {
          return List.of(forms.get(i), forms.get(j));
        }
      }
    }
    return List.of();
  }

  private static boolean contradict(Prompt prompt, Reading one, Reading other) {
    Boolean yes = saysYes(prompt.lexicon(), one);
    Boolean otherYes = saysYes(prompt.lexicon(), other);
    return (yes != null && otherYes != null && !yes.equals(otherYes))
        || haveOtherNumbers(Form.of(prompt.lexicon(), one), Form.of(prompt.lexicon(), other));
  }

  /** Whether a form says yes or true, or no or false; null: neither. */
  private static @Nullable Boolean saysYes(Lexicon lexicon, Reading form) {
    String meaning = lexicon.meaning(form.words());
    if ("true".equals(meaning) || "false".equals(meaning)) {
      return "true".equals(meaning);
    }
    return YesNoRule.whole(lexicon, form);
  }

  /** 6 feet and 7 feet; 911 and 112 are two numbers that a caller may dial. */
  private static boolean haveOtherNumbers(Form one, Form other) {
    Quantity quantity = one.onlyQuantity();
    Quantity another = other.onlyQuantity();
    return quantity != null
        && another != null
        && one.size() == 1
        && other.size() == 1
        && quantity.unit() != null
        && quantity.unit().equals(another.unit())
        && !quantity.numbers().equals(another.numbers());
  }

  /** Whether a text says the answer, so that who reads it need not find it. */
  static boolean tells(Prompt prompt, String text) {
    Option right = prompt.right();
    List<Term> said = Form.weighty(prompt.read(text).terms());
    return right.yesNo() == null
        && right.forms().stream()
            .filter(form -> form.meaning() == null && !form.terms().isEmpty())
            .anyMatch(form -> stands(prompt, form.terms(), said));
  }

  /** Whether terms stand together in others, word for word or in other forms of the words. */
  private static boolean stands(Prompt prompt, List<Term> wanted, List<Term> said) {
    for (int start = 0; start + wanted.size() <= said.size(); start++) {
      boolean all = true;
      for (int i = 0; i < wanted.size() && all; i++) {
        all = isSaid(prompt, said.get(start + i), wanted.get(i));
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSaid(Prompt prompt, Term said, Term wanted) {
    Quantity one = said.quantity();
    Quantity other = wanted.quantity();
    if (one != null && other != null) {
      return one.numbers().equals(other.numbers()) && Objects.equals(one.unit(), other.unit());
    }
    return prompt.words().likeness(said, wanted) == Words.Likeness.SAME;
  }
}

package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.grading.Phrases.Meaning;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides replies that count the options: "the second one", "la última", "第三个", "2nd". */
final class OrdinalRule {
  /** How the tables write "the one in the middle". */
  private static final int MIDDLE = 1000;

  private OrdinalRule() {}

  /** Null: the reply does not count options. */
  static @Nullable Verdict decide(Prompt prompt, Reading reply) {
    if (!prompt.isList() || prompt.options().stream().anyMatch(option -> option.label() == null)) {
      return null;
    }
    String ordinal = "";
    boolean bare = true;
    int numbers = 0;
    for (int i = 0; i < reply.terms().size(); i++) {
      Term term = reply.terms().get(i);
      if (term.kind() == Kind.CALENDAR) {
        return null; // "segunda" is Monday here
      }
      Meaning meaning = LabelRule.ordinal(prompt.lexicon(), reply.tokens(), term.first());
      String value = meaning == null ? "" : meaning.value(Role.ORDINAL);
      if (term.value().startsWith(Lexicon.COUNTS) && ordinal.isEmpty()) {
        ordinal = prompt.lexicon().ordinal(term);
      } else if (!value.isEmpty() && !value.equals("0") && ordinal.isEmpty()) {
        ordinal = value;
        i += skip(reply.terms(), i, term.first() + (meaning == null ? 1 : meaning.words));
      } else if (isBareNumber(term)) {
        numbers++;
      } else if (!term.isWeightless()
          && term.kind() != Kind.PREPOSITION
          && !LabelRule.isAssent(prompt, term)) {
        return null;
      } else {
        bare &= term.kind() != Kind.FILLER && term.kind() != Kind.ARTICLE;
      }
    }
    boolean suffixed = !ordinal.isEmpty() && numbers > 0;
    if (suffixed && numbers > 1) {
      return null;
    }
    if (ordinal.isEmpty()) {
      ordinal = numbered(prompt, reply);
    }
    return ordinal.isEmpty() ? null : byOrdinal(prompt, ordinal, bare);
  }

  /** "Number two", where options are lettered and none has a number; else empty. */
  private static String numbered(Prompt prompt, Reading reply) {
    boolean numbers =
        prompt.options().stream()
            .anyMatch(
                option ->
                    Character.isDigit(String.valueOf(option.label()).charAt(0))
                        || option.forms().stream().anyMatch(form -> form.has(Kind.QUANTITY)));
    List<Term> said = reply.terms().stream().filter(OrdinalRule::isBareNumber).toList();
    boolean introduced = reply.has(Kind.FILLER);
    return numbers || said.size() != 1 || !introduced ? "" : said.getFirst().value();
  }

  private static boolean isBareNumber(Term term) {
    Quantity quantity = term.quantity();
    return quantity != null && quantity.isBare() && quantity.shape() == Quantity.Shape.ONE;
  }

  /** How many more terms a phrase takes up. */
  private static int skip(List<Term> terms, int at, int end) {
    int more = 0;
    while (at + more + 1 < terms.size() && terms.get(at + more + 1).first() < end) {
      more++;
    }
    return more;
  }

  private static @Nullable Verdict byOrdinal(Prompt prompt, String ordinal, boolean bare) {
    int count = prompt.options().size();
    int number = Integer.parseInt(ordinal);
    int index = number < 0 ? count + number : number - 1;
    if (number == MIDDLE) {
      index = count % 2 == 1 ? count / 2 : -1;
    }
    if (isOfTheText(prompt, ordinal)) {
      return null;
    }
    if (bare && prompt.asked().ordinals().contains(ordinal)) {
      return Verdict.notUnderstood("repeats an ordinal of the question", null);
    }
    if (index < 0 || index >= count) {
      return Verdict.notUnderstood("counts to an option that is not there", null);
    }
    return LabelRule.byLabel(prompt, String.valueOf(prompt.options().get(index).label()));
  }

  /** "First aid" among the options: who says "first" may mean that. */
  private static boolean isOfTheText(Prompt prompt, String ordinal) {
    for (Option option : prompt.options()) {
      for (Form form : option.forms()) {
        List<Token> tokens = Tokenizer.tokens(form.words());
        for (int i = 0; i < tokens.size(); i++) {
          Meaning meaning = LabelRule.ordinal(prompt.lexicon(), tokens, i);
          if (meaning != null && meaning.value(Role.ORDINAL).equals(ordinal)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}

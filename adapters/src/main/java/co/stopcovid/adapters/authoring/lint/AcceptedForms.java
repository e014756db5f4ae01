package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.common.Language;
import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Several forms of one answer must not contradict each other. */
final class AcceptedForms {
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)?");

  private final LanguageTables tables;
  private final Language language;

  AcceptedForms(LanguageTables tables, Language language) {
    this.tables = tables;
    this.language = language;
  }

  /** The first two forms of which one denies the other. */
  Optional<List<String>> contradiction(List<String> forms) {
    for (int i = 0; i < forms.size(); i++) {
      for (int j = i + 1; j < forms.size(); j++) {
        if (contradict(forms.get(i), forms.get(j))) {
          return Optional.of(List.of(forms.get(i), forms.get(j)));
        }
      }
    }
    return Optional.empty();
  }

  private boolean contradict(String one, String other) {
    return (isYes(one) && isNo(other))
        || (isNo(one) && isYes(other))
        || isTrueAndFalse(one, other)
        || isTrueAndFalse(other, one)
        || haveOtherNumbers(one, other);
  }

  private boolean isYes(String text) {
    return value(Role.YES, FoldedText.words(text)) != null;
  }

  private boolean isNo(String text) {
    return value(Role.NO, FoldedText.words(text)) != null;
  }

  private boolean isTrueAndFalse(String one, String other) {
    return "true".equals(meaning(one)) && "false".equals(meaning(other));
  }

  private @Nullable String meaning(String text) {
    return value(Role.MEANING, FoldedText.words(text));
  }

  /** What the language gives for a phrase in a role; null where it is none. */
  private @Nullable String value(Role role, String words) {
    return tables.find(language).stream()
        .flatMap(table -> table.answers().of(role).entrySet().stream())
        .filter(phrase -> FoldedText.words(phrase.getKey()).equals(words))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** 6 feet and 7 feet; 911 and 112 are two numbers that a caller may dial. */
  private boolean haveOtherNumbers(String one, String other) {
    String unit = unit(one);
    return !unit.isEmpty()
        && unit.equals(unit(other))
        && !FoldedText.letters(one).equals(FoldedText.letters(other));
  }

  /** What a number counts; empty where the text is not one number with a unit. */
  private String unit(String text) {
    String rest = FoldedText.words(NUMBER.matcher(text).replaceFirst(" "));
    boolean isUnit =
        !rest.isEmpty() && NUMBER.matcher(text).find() && value(Role.UNIT, rest) != null;
    return isUnit ? rest : "";
  }
}

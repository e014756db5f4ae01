package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import java.util.List;
import java.util.Optional;

/** A question for the language lists languages that the engine knows, and understands its menu. */
final class LanguagePromptChecks {
  private final Inspection inspection;
  private final DrillVersion version;

  LanguagePromptChecks(Inspection inspection, DrillVersion version) {
    this.inspection = inspection;
    this.version = version;
  }

  void run() {
    for (Prompt prompt : version.drill().prompts()) {
      if (ProfileKey.LANGUAGE.equals(prompt.responseKey())) {
        inspection.languages().forEach(language -> check(prompt, language));
      }
    }
  }

  private void check(Prompt prompt, Language language) {
    LocalizedPrompt localized = version.in(language).prompt(prompt.slug());
    String question = localized.question();
    Place place = inspection.question(version.drill(), prompt, language);
    List<Language> named =
        inspection.tables().all().stream()
            .filter(table -> isNamed(table, question))
            .map(LanguageTable::language)
            .toList();
    if (named.isEmpty()) {
      inspection.error(
          place,
          language,
          "the prompt saves the reply as language, but lists no language that the engine knows",
          "list them, such as: 1) English 2) Español");
      return;
    }
    List<Language> missing =
        inspection.course().translations().taught().stream()
            .filter(inspection.languages()::contains)
            .filter(taught -> !named.contains(taught))
            .toList();
    if (!missing.isEmpty()) {
      inspection.warning(
          place,
          language,
          "the course is translated into " + missing + ", but the prompt does not list it",
          "list every language of the course");
    }
    List<Language> untaught =
        named.stream().filter(one -> !inspection.languages().contains(one)).toList();
    if (!untaught.isEmpty() && !inspection.isPartlyUnread()) {
      inspection.warning(
          place,
          language,
          "the prompt lists %s, but the course is not taught in it".formatted(untaught),
          "list the languages of the course only, or translate it");
    }
    for (Choice choice : ListedChoices.of(question).written()) {
      checkChoice(choice, localized, place, language);
    }
  }

  private void checkChoice(
      Choice choice, LocalizedPrompt localized, Place place, Language language) {
    Optional<Language> meant = localized.languageNamedBy(choice.text());
    if (meant.isEmpty()) {
      inspection.warning(
          place,
          language,
          "the choice %s names no language that the engine knows"
              .formatted(TemplateChecks.quote(ListedChoices.line(choice))),
          "use one of " + inspection.knownLanguages() + " by its own name");
    } else if (!localized.languageNamedBy(choice.label()).equals(meant)) {
      inspection.error(
          place,
          language,
          "the reply %s is not understood as %s".formatted(choice.label(), meant.get()),
          "list the languages on lines of their own, such as: 1) English");
    }
  }

  /** By a whole name, or where words have no spaces between them by a part. */
  private static boolean isNamed(LanguageTable table, String question) {
    String words = " " + FoldedText.words(question) + " ";
    return table.names().stream()
        .map(FoldedText::words)
        .anyMatch(
            name ->
                FoldedText.isSpaceless(name.codePointAt(0))
                    ? words.contains(name)
                    : words.contains(" " + name + " "));
  }
}

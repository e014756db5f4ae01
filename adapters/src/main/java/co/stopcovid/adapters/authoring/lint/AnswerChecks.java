package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Prompt;

/** Each right answer is marked right and each other choice wrong, by the grader itself. */
final class AnswerChecks {
  private final Inspection inspection;
  private final DrillVersion version;

  AnswerChecks(Inspection inspection, DrillVersion version) {
    this.inspection = inspection;
    this.version = version;
  }

  void run() {
    for (Prompt prompt : version.drill().prompts()) {
      if (prompt.isGraded() && isAsked(prompt)) {
        inspection.answerLanguages().forEach(language -> question(prompt, language).check());
        checkLabelsAgree(prompt);
      }
    }
  }

  /** The last of several prompts waits for no answer. */
  private boolean isAsked(Prompt prompt) {
    Drill drill = version.drill();
    return drill.prompts().size() == 1 || !drill.isLast(prompt);
  }

  /** The letters of choices are the same in every language, or a translation was mixed up. */
  private void checkLabelsAgree(Prompt prompt) {
    Language main = inspection.mainLanguage();
    GradedQuestion first = question(prompt, main);
    if (!first.choices().isWellLabelled()) {
      return;
    }
    for (Language language : inspection.answerLanguages()) {
      GradedQuestion other = question(prompt, language);
      if (!other.choices().isWellLabelled()) {
        continue;
      }
      if (!other.choices().labels().equals(first.choices().labels())) {
        inspection.warning(
            inspection.question(version.drill(), prompt, language),
            language,
            "the choices are %s, but in %s %s"
                .formatted(
                    other.choices().labels(), Inspection.name(main), first.choices().labels()),
            "list the same choices in the same order in every language");
        continue;
      }
      String label = other.rightLabel();
      String inMain = first.rightLabel();
      if (!label.isEmpty() && !inMain.isEmpty() && !label.equals(inMain)) {
        inspection.warning(
            inspection.answer(version.drill(), prompt, language),
            language,
            "the right answer is %s), but in %s %s)"
                .formatted(label, Inspection.name(main), inMain),
            "list the same choices in the same order in every language");
      }
    }
  }

  private GradedQuestion question(Prompt prompt, Language language) {
    return new GradedQuestion(inspection, version, prompt, language);
  }
}

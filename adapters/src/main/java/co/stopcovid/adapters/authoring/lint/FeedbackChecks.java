package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said beyond right and wrong: it reaches a learner, and leaves the answer to find. */
final class FeedbackChecks {
  private final Inspection inspection;
  private final DrillVersion version;

  FeedbackChecks(Inspection inspection, DrillVersion version) {
    this.inspection = inspection;
    this.version = version;
  }

  void run() {
    for (Prompt prompt : version.drill().prompts()) {
      if (prompt.feedback().isNone()) {
        continue;
      }
      if (prompt.isGraded()) {
        inspection.answerLanguages().forEach(language -> check(prompt, language));
      } else {
        inspection.warning(
            inspection.place(version.drill(), prompt),
            "the prompt is not graded, so its explanation, hint and feedback are never said",
            "give it an answer, or remove them");
      }
    }
  }

  private void check(Prompt prompt, Language language) {
    LocalizedPrompt localized = version.in(language).prompt(prompt.slug());
    Feedback feedback = prompt.feedback();
    checkTelling(feedback.hint(), "the hint", prompt, language);
    feedback
        .options()
        .forEach(
            (label, text) -> {
              checkTelling(text, "what is said of option " + label, prompt, language);
              checkOption(label, localized, prompt, language);
            });
    for (Feedback.Mistake mistake : feedback.mistakes()) {
      String text = "{{" + mistake.label() + "}}";
      checkTelling(text, "what is said of a wrong answer", prompt, language);
      checkMistake(mistake, localized, prompt, language);
    }
  }

  private void checkOption(
      String label, LocalizedPrompt localized, Prompt prompt, Language language) {
    ListedChoices choices = ListedChoices.of(localized.question());
    if (!choices.isWellLabelled()) {
      return;
    }
    List<Choice> listed = choices.written();
    Place place = inspection.option(version.drill(), prompt, label);
    if (listed.stream().noneMatch(choice -> choice.label().equals(label))) {
      inspection.warning(
          place,
          language,
          "this is said of the option %s, but the question lists %s"
              .formatted(
                  label,
                  listed.isEmpty() ? "no options" : listed.stream().map(Choice::label).toList()),
          "correct the letter, or remove the text");
    } else if (localized.grade(label).correct()) {
      inspection.warning(
          place,
          language,
          "this is said of the option %s, but that is the right one: it is never said"
              .formatted(label),
          "move it to the explanation, or correct the letter");
    }
  }

  private void checkMistake(
      Feedback.Mistake mistake, LocalizedPrompt localized, Prompt prompt, Language language) {
    String words = plain(mistake.words(), language);
    if (localized.grade(words).correct()) {
      inspection.error(
          inspection.written(version.drill(), prompt, mistake.words()),
          language,
          "the wrong answer %s is marked right".formatted(TemplateChecks.quote(words)),
          "take it out of the wrong answers, or make the right answer stricter");
    }
  }

  /** Whoever reads the answer in a hint has not found it. */
  private void checkTelling(@Nullable String text, String what, Prompt prompt, Language language) {
    if (text == null) {
      return;
    }
    LocalizedPrompt localized = version.in(language).prompt(prompt.slug());
    boolean tells =
        localized.answerKey().filter(key -> key.isToldBy(plain(text, language))).isPresent();
    if (tells) {
      inspection.warning(
          inspection.place(version.drill(), prompt, text, language),
          language,
          "%s gives the right answer away: %s"
              .formatted(what, TemplateChecks.quote(localized.correctAnswer())),
          "say what helps to find it, in other words");
    }
  }

  private String plain(String text, Language language) {
    return inspection.texts().resolve(Template.parse(text), language).fill(value -> "").strip();
  }
}

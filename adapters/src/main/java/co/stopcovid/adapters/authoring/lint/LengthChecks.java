package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.LocalizedDrill;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.Template;
import co.stopcovid.sms.Cheer;
import co.stopcovid.sms.SmsSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** No message is longer than the provider takes, or dearer than the organisation allows. */
final class LengthChecks {
  /** The provider refuses longer bodies, in UTF-16 units. */
  private static final int LONGEST_BODY = 1_600;

  private static final List<String> NAMES = List.of("Bartholomewchristoph", "Maríadelosángelesana");
  private static final String COMPANY = "Consolidated Foods of Michigan";

  /** All emoji take the same room. */
  private static final UUID ANY_EVENT = new UUID(0, 0);

  private final Inspection inspection;

  LengthChecks(Inspection inspection) {
    this.inspection = inspection;
  }

  void run(List<DrillVersion> versions) {
    for (Language language : inspection.languages()) {
      for (DrillVersion version : versions) {
        checkDrill(version, language);
      }
    }
  }

  private void checkDrill(DrillVersion version, Language language) {
    Drill drill = version.drill();
    LocalizedDrill localized = version.in(language);
    for (Prompt prompt : drill.prompts()) {
      LocalizedPrompt texts = localized.prompt(prompt.slug());
      if (texts.isGraded()) {
        checkEngineTexts(drill, prompt, localized, language);
      }
      for (int i = 0; i < texts.messages().size(); i++) {
        Template text = texts.messages().get(i).text();
        PromptMessage source = prompt.messages().get(i);
        if (text != null && source.text() != null) {
          Place place = inspection.place(drill, prompt, source.text(), language);
          check(text, texts.correctAnswer(), localized, place, language, "");
        }
      }
    }
    for (String label : List.of("drill_reminder", "user_validation_failed")) {
      Place place = engineTextPlace(label, language);
      check(localized.engineText(label), "", localized, place, language, "label " + label + ": ");
    }
  }

  /** What is said about one question; a long answer makes it long. */
  private void checkEngineTexts(
      Drill drill, Prompt prompt, LocalizedDrill localized, Language language) {
    String answer = localized.prompt(prompt.slug()).correctAnswer();
    for (String label : List.of("match_correct_answer", "incorrect_answer", "corrected_answer")) {
      Template text = localized.engineText(label);
      boolean tellsAnswer = text.references().contains("correct_answer");
      Place place =
          tellsAnswer
              ? inspection.answer(drill, prompt, language)
              : engineTextPlace(label, language);
      check(text, answer, localized, place, language, "label " + label + ": ");
    }
    checkFeedback(drill, prompt, localized, language);
  }

  /** A verdict and what is said with it are one message, as long as they fit. */
  private void checkFeedback(
      Drill drill, Prompt prompt, LocalizedDrill localized, Language language) {
    Feedback feedback = prompt.feedback();
    for (String label : List.of("match_correct_answer", "corrected_answer")) {
      together(label, feedback.explanation(), drill, prompt, localized, language);
    }
    List<String> said = new ArrayList<>(feedback.options().values());
    feedback.mistakes().forEach(mistake -> said.add("{{" + mistake.label() + "}}"));
    together("incorrect_answer", feedback.hint(), drill, prompt, localized, language);
    said.forEach(text -> together("incorrect_answer", text, drill, prompt, localized, language));
  }

  private void together(
      String label,
      @Nullable String text,
      Drill drill,
      Prompt prompt,
      LocalizedDrill localized,
      Language language) {
    if (text == null) {
      return;
    }
    List<Template.Part> parts = new ArrayList<>(localized.engineText(label).parts());
    parts.add(new Template.Part.Text("\n"));
    parts.addAll(inspection.texts().resolve(Template.parse(text), language).parts());
    check(
        new Template(parts),
        localized.prompt(prompt.slug()).correctAnswer(),
        localized,
        inspection.place(drill, prompt, text, language),
        language,
        "with label " + label + ": ");
  }

  private Place engineTextPlace(String label, Language language) {
    for (Language origin : List.of(language, inspection.mainLanguage())) {
      if (inspection.course().translations().exactly(origin, label).isPresent()) {
        return inspection.place(origin, label);
      }
    }
    return new Place("content", 0, "label " + label);
  }

  private void check(
      Template text,
      String answer,
      LocalizedDrill localized,
      Place place,
      Language language,
      String what) {
    String yourCompany = localized.engineText("your_company").fill(value -> "");
    List<String> bodies = new ArrayList<>();
    for (String name : NAMES) {
      for (String company : List.of(COMPANY, yourCompany)) {
        bodies.add(
            text.fill(
                value ->
                    switch (value) {
                      case "name" -> name;
                      case "company" -> company;
                      case "emojis" -> Cheer.of(ANY_EVENT);
                      default -> answer;
                    }));
      }
    }
    int longest = bodies.stream().mapToInt(String::length).max().orElse(0);
    if (longest > LONGEST_BODY) {
      inspection.error(
          place,
          language,
          what
              + "the message has up to %d characters; the SMS provider refuses more than %d"
                  .formatted(longest, LONGEST_BODY),
          "split it into several messages");
      return;
    }
    bodies.stream()
        .map(SmsSegments::of)
        .max((a, b) -> Integer.compare(a.segments(), b.segments()))
        .filter(worst -> worst.segments() > inspection.options().mostSegments())
        .ifPresent(worst -> tooDear(worst, place, language, what));
  }

  private void tooDear(SmsSegments worst, Place place, Language language, String what) {
    int most = inspection.options().mostSegments();
    String why =
        worst.outsideGsm() == SmsSegments.NONE
            ? ""
            : ", because “%s” is outside the GSM alphabet"
                .formatted(Character.toString(worst.outsideGsm()));
    inspection.warning(
        place,
        language,
        what
            + "the message takes up to %d SMS segments, the most is %d: it has up to %d characters, %d fit%s"
                .formatted(
                    worst.segments(), most, worst.units(), worst.encoding().capacity(most), why),
        "shorten it, or split it into several messages");
  }
}

package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.LocalizedDrill.LocalizedPrompt;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.grading.AnswerKey;
import co.stopcovid.drills.grading.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each right answer is marked right and each other choice wrong, by the grader itself. */
final class AnswerChecks {
  /** What is never an answer. */
  private static final List<String> NONSENSE = List.of("", "?", "🙂", "zxqvkw");

  private final Inspection inspection;
  private final DrillVersion version;

  AnswerChecks(Inspection inspection, DrillVersion version) {
    this.inspection = inspection;
    this.version = version;
  }

  void run() {
    for (Prompt prompt : version.drill().prompts()) {
      if (prompt.isGraded()) {
        inspection.languages().forEach(language -> new OnePrompt(prompt, language).run());
        checkLabelsAgree(prompt);
      }
    }
  }

  /** The letters of choices are the same in every language, or a translation was mixed up. */
  private void checkLabelsAgree(Prompt prompt) {
    var english = new OnePrompt(prompt, Language.ENGLISH);
    for (Language language : inspection.languages()) {
      var other = new OnePrompt(prompt, language);
      if (!other.listed.labels().equals(english.listed.labels())) {
        inspection.warning(
            other.questionPlace(),
            language,
            "the choices are %s, but in English %s"
                .formatted(other.listed.labels(), english.listed.labels()),
            "list the same choices in the same order in every language");
        continue;
      }
      String label = other.listed.find(other.answer).map(Choice::label).orElse("");
      String inEnglish = english.listed.find(english.answer).map(Choice::label).orElse("");
      if (!label.isEmpty() && !inEnglish.isEmpty() && !label.equals(inEnglish)) {
        inspection.warning(
            other.place,
            language,
            "the right answer is %s), but in English %s)".formatted(label, inEnglish),
            "list the same choices in the same order in every language");
      }
    }
  }

  /** A prompt in one language. */
  private final class OnePrompt {
    private final Prompt prompt;
    private final Language language;
    private final LocalizedPrompt localized;
    private final String answer;
    private final ListedChoices listed;
    private final Place place;

    OnePrompt(Prompt prompt, Language language) {
      this.prompt = prompt;
      this.language = language;
      this.localized = version.in(language).prompt(prompt.slug());
      this.answer = localized.correctAnswer();
      this.listed = ListedChoices.of(localized.question());
      this.place = inspection.answer(version.drill(), prompt, language);
    }

    void run() {
      if (answer.isBlank()) {
        error("the right answer is empty", "write it, or leave the prompt ungraded");
        return;
      }
      checkList();
      Optional<Choice> right = listed.find(answer);
      if (!listed.understood().isEmpty() && right.isEmpty()) {
        error(
            "the right answer %s is none of the choices %s"
                .formatted(
                    quote(answer), listed.written().stream().map(ListedChoices::line).toList()),
            "write it exactly as its choice, with the letter");
        return;
      }
      Map<String, String> forms = new LinkedHashMap<>();
      forms.put(answer, "as it is written");
      right.ifPresent(choice -> forms.putAll(forms(choice)));
      forms.forEach(this::expectRight);
      right.ifPresent(this::checkOthers);
      checkNonsense();
    }

    private void checkList() {
      if (!listed.repeatedLabels().isEmpty()) {
        inspection.error(
            questionPlace(),
            language,
            "two choices have the label " + String.join(", ", listed.repeatedLabels()),
            "give each choice a letter of its own");
      } else if (listed.isMisunderstood()) {
        inspection.error(
            questionPlace(),
            language,
            "the labels %s do not follow each other, so they are no list of choices"
                .formatted(listed.labels()),
            "label the choices a), b), c) and so on");
      } else if (listed.written().size() > inspection.options().mostChoices()) {
        inspection.warning(
            questionPlace(),
            language,
            "%d choices are too many for a text message (the most is %d)"
                .formatted(listed.written().size(), inspection.options().mostChoices()),
            "ask about fewer");
      }
    }

    Place questionPlace() {
      return inspection.question(version.drill(), prompt, language);
    }

    /** How a learner may give a choice, and what that is called. */
    private static Map<String, String> forms(Choice choice) {
      Map<String, String> forms = new LinkedHashMap<>();
      forms.put(ListedChoices.line(choice), "with its letter");
      forms.put(choice.label(), "as its letter alone");
      forms.putIfAbsent(choice.text(), "without its letter");
      return forms;
    }

    private void expectRight(String reply, String form) {
      Verdict verdict = localized.grade(reply);
      if (!verdict.correct()) {
        error(
            "the right answer is marked wrong when it is typed %s, %s (%s)"
                .formatted(form, quote(reply), verdict.reason()),
            "write it simpler, or the choices more different from each other");
      }
    }

    private void checkOthers(Choice right) {
      List<Choice> others = listed.without(right);
      for (Choice other : others) {
        List<String> accepted = new ArrayList<>();
        String reason = "";
        for (String reply : forms(other).keySet()) {
          Verdict verdict = localized.grade(reply);
          if (verdict.correct()) {
            accepted.add(quote(reply));
            reason = verdict.reason();
          }
        }
        if (!accepted.isEmpty()) {
          error(
              "the wrong choice %s is marked right when it is typed as %s (%s)"
                  .formatted(quote(ListedChoices.line(other)), String.join(", ", accepted), reason),
              "make the choices more different from each other");
        }
      }
      checkWrongOnesDiffer(others);
    }

    /** Learners cannot tell them apart either. */
    private void checkWrongOnesDiffer(List<Choice> others) {
      for (int i = 0; i < others.size(); i++) {
        var key =
            AnswerKey.of(
                inspection.tables(),
                language,
                localized.question(),
                ListedChoices.line(others.get(i)));
        for (int j = i + 1; j < others.size(); j++) {
          if (key.grade(others.get(j).text()).correct()) {
            inspection.warning(
                questionPlace(),
                language,
                "the choices %s) and %s) are the same to the grader"
                    .formatted(others.get(i).label(), others.get(j).label()),
                "make them more different from each other");
          }
        }
      }
    }

    private void checkNonsense() {
      for (String reply : NONSENSE) {
        Verdict verdict = localized.grade(reply);
        if (verdict.correct()) {
          error(
              "the reply %s is marked right (%s)".formatted(quote(reply), verdict.reason()),
              "write the right answer in words");
        }
      }
      if (listed.understood().isEmpty() && localized.grade(localized.question()).correct()) {
        inspection.warning(
            questionPlace(),
            language,
            "the question contains its right answer " + quote(answer),
            "ask in other words");
      }
    }

    private void error(String reason, String fix) {
      inspection.error(place, language, reason, fix);
    }
  }

  private static String quote(String text) {
    return TemplateChecks.quote(text);
  }
}

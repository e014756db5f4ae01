package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.grading.Alike;
import co.stopcovid.drills.grading.AnswerKey;
import co.stopcovid.drills.grading.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A graded prompt in one language: its choices and its right answer, tried on the grader. */
final class GradedQuestion {
  /** What is never an answer. */
  private static final List<String> NONSENSE = List.of("", "?", "🙂", "zxqvkw");

  private static final String DIFFER = "make the choices more different from each other";

  private final Inspection inspection;
  private final DrillVersion version;
  private final Prompt prompt;
  private final Language language;
  private final LocalizedPrompt localized;
  private final AnswerKey key;
  private final String answer;
  private final ListedChoices listed;
  private final Place place;

  GradedQuestion(Inspection inspection, DrillVersion version, Prompt prompt, Language language) {
    this.inspection = inspection;
    this.version = version;
    this.prompt = prompt;
    this.language = language;
    this.localized = version.in(language).prompt(prompt.slug());
    this.key =
        localized
            .answerKey()
            .orElseThrow(() -> new IllegalArgumentException(prompt.slug() + " is not graded"));
    this.answer = localized.correctAnswer();
    this.listed = ListedChoices.of(localized.question());
    this.place = inspection.answer(version.drill(), prompt, language);
  }

  ListedChoices choices() {
    return listed;
  }

  /** The label of the right choice; empty where there is none. */
  String rightLabel() {
    return listed.find(answer).map(Choice::label).orElse("");
  }

  void check() {
    if (answer.isBlank()) {
      error("the right answer is empty", "write it, or leave the prompt ungraded");
      return;
    }
    checkHowMany();
    if (hasGoodLabels()) {
      checkForms();
      checkAnswer(areDifferent());
    }
  }

  /** What says the same cannot be told apart; what is nearly the same is easily mistyped. */
  private boolean areDifferent() {
    boolean different = true;
    for (Alike pair : key.alikeOptions()) {
      String reason =
          "the choices %s and %s %s"
              .formatted(written(pair.one()), written(pair.other()), inWords(pair.how()));
      if (pair.isSame()) {
        different = false;
        inspection.error(questionPlace(), language, reason, DIFFER);
      } else {
        inspection.warning(questionPlace(), language, reason, DIFFER);
      }
    }
    return different;
  }

  private static String inWords(Alike.How how) {
    return switch (how) {
      case SAME -> "are the same";
      case JOINED -> "are the same but for spaces and hyphens";
      case ORDER -> "have the same words in another order";
      case LETTER -> "are one letter apart, like a slip of the finger";
    };
  }

  private String written(String label) {
    return listed.understood().stream()
        .filter(choice -> choice.label().equals(label))
        .findFirst()
        .map(choice -> quote(ListedChoices.line(choice)))
        .orElse(label);
  }

  /** Further forms say what the first says, not what another choice says. */
  private void checkForms() {
    List<String> two = key.contradiction();
    if (!two.isEmpty()) {
      error(
          "the accepted answers %s and %s contradict each other"
              .formatted(quote(two.getFirst()), quote(two.getLast())),
          "keep the right one");
    }
    var first = AnswerKey.of(inspection.tables(), language, localized.question(), answer);
    List<String> forms = inspection.forms(prompt, language);
    for (String form : forms.subList(1, forms.size())) {
      Verdict verdict = first.grade(form);
      String choice = verdict.choice();
      if (verdict.understood() && !verdict.correct() && choice != null) {
        error(
            "the accepted answer %s is another choice, %s".formatted(quote(form), written(choice)),
            "take it out of the answers");
      }
    }
  }

  private void checkAnswer(boolean areDifferent) {
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
    boolean accepted = forms.entrySet().stream().allMatch(this::isRight);
    boolean refused = right.isEmpty() || areOthersWrong(right.get());
    if (areDifferent && accepted && refused && right.isPresent()) {
      checkWrongOnesDiffer(listed.without(right.get()));
    }
    checkNonsense();
  }

  private boolean hasGoodLabels() {
    if (!listed.repeatedLabels().isEmpty()) {
      inspection.error(
          questionPlace(),
          language,
          "two choices have the label " + String.join(", ", listed.repeatedLabels()),
          "give each choice a letter of its own");
      return false;
    }
    if (listed.isMisunderstood()) {
      inspection.error(
          questionPlace(),
          language,
          "the labels %s do not follow each other, so they are no list of choices"
              .formatted(listed.labels()),
          "label the choices a), b), c) and so on");
      return false;
    }
    return true;
  }

  private void checkHowMany() {
    if (listed.written().size() > inspection.options().mostChoices()) {
      inspection.warning(
          questionPlace(),
          language,
          "%d choices are too many for a text message (the most is %d)"
              .formatted(listed.written().size(), inspection.options().mostChoices()),
          "ask about fewer");
    }
  }

  private Place questionPlace() {
    return inspection.question(version.drill(), prompt, language);
  }

  /** How a learner may give a choice, and what that is called. */
  private static Map<String, String> forms(Choice choice) {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put(ListedChoices.line(choice), "with its letter");
    forms.put(choice.label(), "as its letter alone");
    forms.putIfAbsent(choice.text(), "without its letter");
    forms.putIfAbsent(choice.text() + "!", "without its letter and with an exclamation mark");
    return forms;
  }

  private boolean isRight(Map.Entry<String, String> replyAndForm) {
    String reply = replyAndForm.getKey();
    Verdict verdict = localized.grade(reply);
    if (!verdict.correct()) {
      error(
          "the right answer is marked wrong when it is typed %s, %s (%s)"
              .formatted(replyAndForm.getValue(), quote(reply), verdict.reason()),
          "write it simpler, or the choices more different from each other");
    }
    return verdict.correct();
  }

  private boolean areOthersWrong(Choice right) {
    boolean all = true;
    for (Choice other : listed.without(right)) {
      List<String> accepted =
          forms(other).keySet().stream().filter(reply -> localized.grade(reply).correct()).toList();
      if (!accepted.isEmpty()) {
        all = false;
        error(
            "the wrong choice %s is marked right when it is typed as %s (%s)"
                .formatted(
                    quote(ListedChoices.line(other)),
                    accepted.stream().map(TemplateChecks::quote).collect(Collectors.joining(", ")),
                    localized.grade(accepted.getFirst()).reason()),
            DIFFER);
      }
    }
    return all;
  }

  /** What the grader cannot tell apart, learners cannot either. */
  private void checkWrongOnesDiffer(List<Choice> others) {
    for (Choice choice : others) {
      var asRight =
          AnswerKey.of(
              inspection.tables(), language, localized.question(), ListedChoices.line(choice));
      Verdict verdict = asRight.grade(choice.text() + "!");
      if (!verdict.correct()) {
        inspection.warning(
            questionPlace(),
            language,
            "the choice %s cannot be told from another one (%s)"
                .formatted(quote(ListedChoices.line(choice)), verdict.reason()),
            DIFFER);
        return;
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
    if (listed.understood().isEmpty() && key.isToldBy(localized.question())) {
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

  private static String quote(String text) {
    return TemplateChecks.quote(text);
  }
}

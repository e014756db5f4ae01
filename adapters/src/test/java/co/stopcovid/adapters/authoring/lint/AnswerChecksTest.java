package co.stopcovid.adapters.authoring.lint;

import static co.stopcovid.adapters.authoring.lint.Lesson.ask;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerChecksTest {
  private static final String HOW_LONG =
      "For how long do you wash?\na) 3 seconds\nb) 8 seconds\nc) 20 seconds";

  @ParameterizedTest
  @CsvSource({"c) 20 seconds", "C) 20 Seconds.", "20 seconds", "(c) 20 seconds"})
  void anAnswerIsOneOfTheChoices(String answer) {
    assertThat(lesson(HOW_LONG, answer).findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"d) 20 seconds", "c) 20 minutes", "a) 20 seconds", "20", "one minute"})
  void anAnswerThatIsNoneOfTheChoicesIsAnError(String answer) {
    assertThat(lesson(HOW_LONG, answer).findings())
        .containsExactly(
            "ERROR d.yaml prompt q: the right answer “"
                + answer
                + "” is none of the choices [a) 3 seconds, b) 8 seconds, c) 20 seconds]");
  }

  @Test
  void anEmptyAnswerIsAnError() {
    assertThat(lesson("What washes germs away?", "soap").findings()).isEmpty();
    assertThat(lesson("What washes germs away?", " ").findings())
        .containsExactly("ERROR d.yaml prompt q: the right answer is empty");
  }

  @Test
  void anAnswerThatTheGraderCannotAcceptIsAnError() {
    assertThat(lesson("What washes germs away?", "🙂").findings())
        .singleElement()
        .asString()
        .startsWith(
            "ERROR d.yaml prompt q: the right answer is marked wrong when it is typed as it is"
                + " written, “🙂” (");
  }

  @Test
  void nonsenseIsNoRightAnswer() {
    assertThat(lesson("What do you type?", "zxqvkw").findings())
        .singleElement()
        .asString()
        .startsWith("ERROR d.yaml prompt q: the reply “zxqvkw” is marked right (");
  }

  @Test
  void anotherChoiceThatIsMarkedRightIsAnError() {
    assertThat(lesson("Where?\na) At the door\nb) At home", "b) At home").findings()).isEmpty();
    assertThat(lesson("Where?\na) At home\nb) At home", "b) At home").findings())
        .anyMatch(
            finding ->
                finding.startsWith(
                    "ERROR d.yaml prompt q: the wrong choice “a) At home” is marked right when it is"
                        + " typed as “At home” ("));
  }

  @Test
  void anAnswerThatIsNotToldFromAnotherChoiceIsAnError() {
    assertThat(lesson("Where?\na) At home\nb) At home", "b) At home").findings())
        .anyMatch(
            finding ->
                finding.startsWith(
                    "ERROR d.yaml prompt q: the right answer is marked wrong when it is typed"
                        + " without its letter and with an exclamation mark, “At home!” ("));
  }

  @Test
  void choicesThatAreTheSameAreAnError() {
    assertThat(lesson("Where?\na) In a box\nb) In a bag\nc) Outside", "c) Outside").findings())
        .isEmpty();
    assertThat(lesson("Where?\na) In a box\nb) in a box\nc) Outside", "c) Outside").findings())
        .containsExactly(
            "ERROR d.yaml prompt q: the choices “a) In a box” and “b) in a box” are the same");
  }

  @Test
  void aLabelIsThereOnce() {
    assertThat(lesson("Where?\na) Door\nb) Roof\nb) Floor", "a) Door").findings())
        .containsExactly("ERROR d.yaml prompt q: two choices have the label b");
  }

  @Test
  void labelsFollowEachOther() {
    assertThat(lesson("Where?\na) Door\nc) Roof", "a) Door").findings())
        .containsExactly(
            "ERROR d.yaml prompt q: the labels [a, c] do not follow each other, so they are no list"
                + " of choices");
  }

  @Test
  void thereAreNotTooManyChoices() {
    Lesson lesson = lesson("Where?\na) Door\nb) Roof\nc) Floor", "a) Door");
    assertThat(lesson.findings(new LintOptions(3, 3))).isEmpty();
    assertThat(lesson.findings(new LintOptions(3, 2)))
        .containsExactly(
            "WARNING d.yaml prompt q: 3 choices are too many for a text message (the most is 2)");
  }

  @Test
  void anOpenQuestionDoesNotContainItsAnswer() {
    assertThat(lesson("What besides water do you need?", "soap").findings()).isEmpty();
    assertThat(lesson("Is it with soap that germs go away? With what?", "soap").findings())
        .containsExactly("WARNING d.yaml prompt q: the question contains its right answer “soap”");
  }

  @Test
  void aQuestionForYesOrNoNamesBoth() {
    assertThat(lesson("Is a damp mask good? Reply yes or no.", "no").findings()).isEmpty();
    assertThat(lesson("True or false? Masks help.\na) True\nb) False", "a) True").findings())
        .isEmpty();
  }

  @Test
  void theRightLetterIsTheSameInEveryLanguage() {
    assertThat(translated().findings()).isEmpty();
    assertThat(translated().label("es", "answer", "a) Techo").findings())
        .containsExactly("WARNING es.yaml label answer: the right answer is a), but in English b)");
  }

  @Test
  void theChoicesAreTheSameInEveryLanguage() {
    assertThat(
            translated()
                .label("pt", "q", "Onde?\na) Porta\nb) Telhado\nc) Piso")
                .label("pt", "answer", "b) Telhado")
                .findings())
        .containsExactly(
            "WARNING pt.yaml label q: the choices are [a, b, c], but in English [a, b]");
  }

  /** Plain text is graded with the words of whatever language a learner chooses: pi are feet. */
  @Test
  void plainTextIsTriedInEveryLanguageThatALearnerCanChoose() {
    Prompt question =
        new Prompt(
            new PromptSlug("q"),
            List.of(new PromptMessage("How long is it?", null)),
            "6 pi",
            List.of("7 pi"),
            null,
            1,
            Feedback.NONE,
            Review.DEFAULT);
    Prompt menu = Lesson.store("lang", "1) English 2) Français", ProfileKey.LANGUAGE);

    assertThat(Lesson.of(question).findings()).isEmpty();
    assertThat(Lesson.of(menu, question).findings())
        .containsExactly(
            "ERROR d.yaml prompt q: in fr: the accepted answers “6 pi” and “7 pi” contradict each"
                + " other");
  }

  private static Lesson translated() {
    return lesson("{{q}}", "{{answer}}")
        .label("q", "Where?\na) Door\nb) Roof")
        .label("answer", "b) Roof")
        .label("es", "q", "¿Dónde?\na) Techo\nb) Puerta")
        .label("es", "answer", "b) Puerta");
  }

  private static Lesson lesson(String question, String answer) {
    return Lesson.of(ask("q", question, answer));
  }
}

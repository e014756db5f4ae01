package co.stopcovid.adapters.authoring.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordChecksTest {
  @ParameterizedTest
  @CsvSource({"end", "Stop!", "quit"})
  void anAnswerByWhichTheLearnerWouldLeaveIsAnError(String answer) {
    assertThat(findings("What do you do when it hurts?", answer))
        .containsExactly(
            "ERROR d.yaml prompt q: who answers “"
                + answer
                + "” leaves the course: it is a keyword for that");
  }

  @Test
  void soIsAWrongChoice() {
    assertThat(findings("It hurts.\na) Rest\nb) Stop", "a) Rest"))
        .containsExactly(
            "ERROR d.yaml prompt q: who answers “Stop” leaves the course: it is a keyword for that");
  }

  @Test
  void soIsAChoiceOfAPromptThatIsNotGraded() {
    assertThat(Lesson.of(Lesson.say("q", "Ready?\na) Sit\nb) Wait")).findings()).isEmpty();
    assertThat(Lesson.of(Lesson.say("q", "Ready?\na) Sit\nb) Stop")).findings())
        .containsExactly(
            "ERROR d.yaml prompt q: who answers “Stop” leaves the course: it is a keyword for that");
  }

  @Test
  void aWishInOtherWordsIsOneOnlyWhereNoAnswerIsExpected() {
    assertThat(findings("It hurts.\na) Rest\nb) Cancelar", "a) Rest")).isEmpty();
    assertThat(Lesson.of(Lesson.say("q", "Ready?\na) Sit\nb) Cancelar")).findings()).hasSize(1);
  }

  @Test
  void anAnswerThatAsksForHelpIsAnError() {
    assertThat(findings("What do you call for?", "help"))
        .containsExactly(
            "ERROR d.yaml prompt q: who answers “help” asks for help instead: the engine does not"
                + " see it");
  }

  @Test
  void anAnswerThatAsksForTheNextDrillIsAWarning() {
    assertThat(findings("How much soap do you take if it does not foam?", "more"))
        .containsExactly(
            "WARNING d.yaml prompt q: who answers “more” late asks for the next drill: it is a"
                + " keyword for that");
  }

  @ParameterizedTest
  @CsvSource({
    "yes",
    "no",
    "begin work",
    "parar",
    "support",
    "stop and wait",
    "the end of the aisle"
  })
  void otherAnswersAreFine(String answer) {
    assertThat(findings("What now?", answer)).isEmpty();
  }

  private static List<String> findings(String question, String answer) {
    return Lesson.of(Lesson.ask("q", question, answer)).findings();
  }
}

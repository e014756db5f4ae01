package co.stopcovid.adapters.authoring.lint;

import static co.stopcovid.adapters.authoring.lint.Lesson.say;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackChecksTest {
  private static final String QUESTION =
      "How long do you scrub?\na) 5 seconds\nb) 20 seconds\nc) all day";

  @Test
  void feedbackThatHelpsIsFine() {
    assertThat(
            Lesson.of(
                    scrub(
                        "The soap needs 20 seconds.",
                        "Longer than a breath.",
                        Map.of("a", "Too short.", "c", "Too long.")))
                .findings())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"It is 20 seconds long.", "Think: 20 SECONDS!", "It is “20 seconds”"})
  void aHintThatGivesTheAnswerAwayIsAWarning(String hint) {
    assertThat(Lesson.of(scrub(null, hint, Map.of())).findings())
        .containsExactly(
            "WARNING d.yaml prompt scrub: the hint gives the right answer away: “b) 20 seconds”");
    assertThat(Lesson.of(scrub(null, null, Map.of("a", hint))).findings())
        .containsExactly(
            "WARNING d.yaml prompt scrub: what is said of option a gives the right answer away:"
                + " “b) 20 seconds”");
  }

  @Test
  void noIsInManyHintsThatTellNothing() {
    assertThat(
            Lesson.of(prompt("May you? Reply yes or no.", List.of("No"), hint("There is no sink.")))
                .findings())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b | this is said of the option b, but that is the right one: it is never said",
        "d | this is said of the option d, but the question lists [a, b, c]",
      })
  void feedbackForAnOptionThatIsRightOrNotThereIsAWarning(String label, String reason) {
    assertThat(Lesson.of(scrub(null, null, Map.of(label, "Hm."))).findings())
        .containsExactly("WARNING d.yaml prompt scrub: " + reason);
  }

  @Test
  void feedbackOfAPromptThatIsNotGradedIsAWarning() {
    Prompt open = prompt("How are you?", List.of(), hint("Well?"));

    assertThat(Lesson.of(open).findings())
        .containsExactly(
            "WARNING d.yaml prompt scrub: the prompt is not graded, so its explanation, hint and"
                + " feedback are never said");
  }

  @Test
  void aWrongAnswerThatIsMarkedRightIsAnError() {
    var mistakes = List.of(new Feedback.Mistake("soap", "no"));
    Prompt soap =
        prompt(
            "What do you need?",
            List.of("soap"),
            new Feedback(null, null, new TreeMap<>(), mistakes));

    assertThat(Lesson.of(soap, say("x", "{{no}}")).label("no", "Not that.").findings())
        .containsExactly("ERROR d.yaml prompt scrub: the wrong answer “soap” is marked right");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Is it far? Reply yes or no. | yes | no",
        "Is it so? True or false? | true | false",
        "How many feet? | 6 feet | 7 feet",
      })
  void formsOfAnAnswerThatContradictEachOtherAreAnError(String question, String one, String two) {
    assertThat(Lesson.of(prompt(question, List.of(one, two), Feedback.NONE)).findings())
        .contains(
            "ERROR d.yaml prompt scrub: the accepted answers “%s” and “%s” contradict each other"
                .formatted(one, two));
  }

  @Test
  void aFormOfAnAnswerThatIsAnotherOptionIsAnError() {
    for (String form : List.of("a) 5 seconds", "5 seconds", "a")) {
      assertThat(
              Lesson.of(prompt(QUESTION, List.of("b) 20 seconds", form), Feedback.NONE)).findings())
          .contains(
              "ERROR d.yaml prompt scrub: the accepted answer “%s” is another choice, “a) 5 seconds”"
                  .formatted(form));
    }
    Prompt dial = prompt("Which number do you call?", List.of("911", "112"), Feedback.NONE);
    assertThat(Lesson.of(dial).findings()).isEmpty();
  }

  @Test
  void aVerdictAndWhatIsSaidWithItFitTogether() {
    assertThat(Lesson.of(scrub("a".repeat(390), null, Map.of())).findings())
        .contains(
            "WARNING d.yaml prompt scrub: in zh: with label match_correct_answer: the message takes"
                + " up to 6 SMS segments, the most is 3: it has up to 400 characters, 201 fit,"
                + " because “回” is outside the GSM alphabet");
  }

  private static Prompt scrub(
      @Nullable String why, @Nullable String hint, Map<String, String> options) {
    return prompt(
        QUESTION,
        List.of("b) 20 seconds"),
        new Feedback(why, hint, new TreeMap<>(options), List.of()));
  }

  private static Feedback hint(String hint) {
    return new Feedback(null, hint, new TreeMap<>(), List.of());
  }

  private static Prompt prompt(String question, List<String> answers, Feedback feedback) {
    return new Prompt(
        new PromptSlug("scrub"),
        List.of(new PromptMessage(question, null)),
        answers.isEmpty() ? null : answers.getFirst(),
        answers.stream().skip(1).toList(),
        null,
        1,
        feedback,
        Review.DEFAULT);
  }
}

package co.stopcovid.dialog;

import static co.stopcovid.dialog.Drills.HANDS;
import static co.stopcovid.dialog.Drills.MASKS;
import static co.stopcovid.dialog.Drills.PROFILE;
import static co.stopcovid.dialog.Story.NOW;
import static co.stopcovid.dialog.Story.abandoned;
import static co.stopcovid.dialog.Story.advancedTo;
import static co.stopcovid.dialog.Story.completed;
import static co.stopcovid.dialog.Story.drillCompleted;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.failed;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.nextDrillRequested;
import static co.stopcovid.dialog.Story.reminded;
import static co.stopcovid.dialog.Story.sms;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.waitingIn;
import static co.stopcovid.drills.TestContent.drill;
import static co.stopcovid.drills.TestContent.graded;
import static co.stopcovid.drills.TestContent.open;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.TestContent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DOMAIN.md section 4, INBOUND_SMS rule 5. */
class AnswerTest {
  @ParameterizedTest
  @ValueSource(strings = {"b", "B)", "Soap", " soap "})
  void aRightAnswerLeadsToTheNextPrompt(String body) {
    given(validated(), drillStarted(HANDS))
        .when(sms(body))
        .then(completed("soap"), advancedTo("fingers"))
        .and(
            state ->
                assertThat(waitingIn(state))
                    .isEqualTo(PromptState.started(new PromptSlug("fingers"), NOW)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "sand"})
  void aWrongAnswerLeavesTheSamePromptWaiting(String body) {
    given(validated(), drillStarted(HANDS))
        .when(sms(body))
        .then(failed("soap"))
        .and(
            state -> {
              PromptState prompt = waitingIn(state);
              assertThat(prompt.slug()).isEqualTo(new PromptSlug("soap"));
              assertThat(prompt.failures()).isEqualTo(1);
              assertThat(prompt.lastResponseTime()).isEqualTo(NOW);
              assertThat(prompt.startTime()).isEqualTo(Story.BEFORE);
            });
  }

  @Test
  void aRightAnswerMayComeAtTheSecondTry() {
    given(validated(), drillStarted(HANDS), failed("soap"))
        .when(sms("b"))
        .then(completed("soap"), advancedTo("fingers"));
  }

  @Test
  void theSecondWrongAnswerAbandonsThePrompt() {
    given(validated(), drillStarted(HANDS), failed("soap"))
        .when(sms("a"))
        .then(abandoned("soap"), advancedTo("fingers"));
  }

  @Test
  void aReminderIsNoFailure() {
    given(validated(), drillStarted(HANDS), reminded("soap")).when(sms("a")).then(failed("soap"));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "3, 4", "100, 101"})
  void thereAreAsManyTriesAsMaxFailuresAndOneMore(int maxFailures, int tries) {
    DialogState state =
        given(validated(), drillStarted(Drills.withMaxFailures(maxFailures))).state();
    for (int attempt = 1; attempt <= tries; attempt++) {
      Decision decision = Dialog.decide(state, sms("a"), facts());
      boolean last = attempt == tries;
      assertThat(decision).isInstanceOf(Decision.Happened.class);
      List<DialogEvent> events = ((Decision.Happened) decision).events();
      assertThat(((DialogEvent.FailedPrompt) events.getFirst()).abandoned())
          .as("abandoned at try %d", attempt)
          .isEqualTo(last);
      assertThat(events).hasSize(last ? 2 : 1);
      for (DialogEvent event : events) {
        state = Dialog.evolve(state, event);
      }
    }
    assertThat(waitingIn(state).slug()).isEqualTo(new PromptSlug("fingers"));
    assertThat(waitingIn(state).failures()).isZero();
  }

  @Test
  void advancingToTheLastPromptCompletesTheDrill() {
    given(validated(), drillStarted(HANDS), completed("soap"), advancedTo("fingers"))
        .when(sms("a"))
        .then(completed("fingers"), advancedTo("done"), drillCompleted())
        .and(state -> assertThat(state.current()).isNull());
  }

  @Test
  void abandoningTheLastQuestionCompletesTheDrill() {
    given(
            validated(),
            drillStarted(HANDS),
            completed("soap"),
            advancedTo("fingers"),
            failed("fingers"))
        .when(sms("b"))
        .then(abandoned("fingers"), advancedTo("done"), drillCompleted());
  }

  @Test
  void afterTheLastPromptARightAnswerIsNoAnswerAnyMore() {
    given(validated(), drillStarted(HANDS), completed("soap"), advancedTo("done"), drillCompleted())
        .when(sms("b"))
        .thenNothing(Decision.NoEvents.UNHANDLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fine", "", " ", "?", "no", "👍", "more", "help me"})
  void anyReplyToAPromptThatIsNotGradedWillDo(String body) {
    given(validated(), drillStarted(MASKS))
        .when(sms(body))
        .then(completed("first"), advancedTo("last"), drillCompleted());
  }

  @Test
  void aDrillOfOnePromptIsCompletedByTheRightReply() {
    DrillVersion one = drill("one", graded("only", "b) Soap", 1, "a) Sand\nb) Soap"));

    given(validated(), drillStarted(one))
        .when(sms("b"))
        .then(completed("only"), drillCompleted())
        .and(state -> assertThat(state.current()).isNull());
    given(validated(), drillStarted(one)).when(sms("a")).then(failed("only"));
  }

  @Test
  void aDrillOfOnePromptIsCompletedWhenItIsAbandoned() {
    DrillVersion one = drill("one", graded("only", "b) Soap", 1, "a) Sand\nb) Soap"));

    given(validated(), drillStarted(one), failed("only"))
        .when(sms("a"))
        .then(abandoned("only"), drillCompleted())
        .and(state -> assertThat(state.current()).isNull());
  }

  @Test
  void aDrillOfOnePromptThatIsNotGradedIsCompletedByAnyReply() {
    DrillVersion one = drill("one", open("only", "How are you?"));

    given(validated(), drillStarted(one)).when(sms("")).then(completed("only"), drillCompleted());
  }

  /** The last of several prompts waits for no answer, even where its author gave one. */
  @Test
  void theLastPromptOfSeveralIsNotGraded() {
    DrillVersion two = drill("two", open("first", "Hello"), graded("last", "soap", 1, "Bye"));

    given(validated(), drillStarted(two))
        .when(sms("hi"))
        .then(completed("first"), advancedTo("last"), drillCompleted());
  }

  @Test
  void anAnswerIsGradedInTheLearnersLanguage() {
    DrillVersion drill =
        drill(
            "two-languages",
            TestContent.both(
                TestContent.texts("en", "q", "What do you need?", "a", "soap"),
                TestContent.texts("es", "q", "¿Qué se necesita?", "a", "jabón")),
            TestContent.asksFor("language", ProfileKey.LANGUAGE, "Language?"),
            graded("soap", "{{a}}", 1, "{{q}}"),
            open("done", "Bye"));

    given(validated(), drillStarted(drill), completed("language", "Español"), advancedTo("soap"))
        .when(sms("jabón"))
        .then(completed("soap"), advancedTo("done"), drillCompleted());
    given(validated(), drillStarted(drill), completed("language", "English"), advancedTo("soap"))
        .when(sms("jabón"))
        .then(failed("soap"));
  }

  @Test
  void askingForMoreAfterADrillOptsNobodyOut() {
    given(validated(), drillStarted(PROFILE), drillCompleted())
        .when(sms("more"))
        .then(nextDrillRequested())
        .and(state -> assertThat(state.profile().optedOut()).isFalse());
  }

  /** Published meanwhile, a new version is for those who start the drill after that. */
  @Test
  void aNewVersionDoesNotTouchALearnerInTheMiddleOfADrill() {
    DrillVersion other =
        drill(
            "01-hands",
            graded("soap", "a) Soap", 5, "What washes best?\na) Soap\nb) Sand"),
            open("done", "Bye"));

    given(validated(), drillStarted(HANDS))
        .published(other)
        .when(sms("b"))
        .then(completed("soap"), advancedTo("fingers"));
    given(validated(), drillStarted(HANDS), failed("soap"))
        .published(other)
        .when(sms("a"))
        .then(abandoned("soap"), advancedTo("fingers"));
    given(validated(), drillStarted(HANDS), drillCompleted())
        .published(other)
        .when(Story.startDrill("01-hands"))
        .then(drillStarted(other));
  }

  private static Facts facts() {
    return Facts.of(NOW, Story.SEQ, TestContent.KEYWORDS);
  }
}

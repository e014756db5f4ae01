package co.stopcovid.dialog;

import static co.stopcovid.dialog.Story.abandoned;
import static co.stopcovid.dialog.Story.abandonedNotUnderstood;
import static co.stopcovid.dialog.Story.advancedTo;
import static co.stopcovid.dialog.Story.completed;
import static co.stopcovid.dialog.Story.completedBy;
import static co.stopcovid.dialog.Story.completedKeeping;
import static co.stopcovid.dialog.Story.drillCompleted;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.failed;
import static co.stopcovid.dialog.Story.failedBy;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.notUnderstood;
import static co.stopcovid.dialog.Story.sms;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.waitingIn;
import static co.stopcovid.drills.TestContent.asksFor;
import static co.stopcovid.drills.TestContent.drill;
import static co.stopcovid.drills.TestContent.graded;
import static co.stopcovid.drills.TestContent.open;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.ProfileKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When in doubt, the engine asks; and what it asks for may have a form. */
class ThreeValuedAnswerTest {
  private static final DrillVersion SOAP =
      drill(
          "01-soap",
          graded("soap", "b) Soap", 1, "What washes best?\na) Sand\nb) Soap\nc) Ash"),
          open("done", "Bye"));
  private static final DrillVersion RATING =
      drill(
          "02-rating",
          asksFor("rating", ProfileKey.SELF_RATING_1, "How sure are you, from 1 to 5?"),
          open("done", "Bye"));
  private static final DrillVersion LANGUAGE =
      drill(
          "03-language",
          asksFor("language", ProfileKey.LANGUAGE, "Which language?\n1) English\n2) Español"),
          open("done", "Bye"));

  @Test
  void theEventSaysWhichOptionWasNamed() {
    given(validated(), drillStarted(SOAP))
        .when(sms("b"))
        .then(completedBy("soap", "b"), advancedTo("done"), drillCompleted());
    given(validated(), drillStarted(SOAP)).when(sms("c")).then(failedBy("soap", "c", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "👍"})
  void theFirstReplyThatIsNotUnderstoodCostsNoTry(String reply) {
    given(validated(), drillStarted(SOAP))
        .when(sms(reply))
        .then(notUnderstood("soap"))
        .and(
            state -> {
              assertThat(waitingIn(state).failures()).isZero();
              assertThat(waitingIn(state).unclear()).isTrue();
            });
  }

  @Test
  void theNextOneCountsAsAnyFailure() {
    given(validated(), drillStarted(SOAP), notUnderstood("soap"))
        .when(sms("?"))
        .then(notUnderstood("soap"))
        .and(state -> assertThat(waitingIn(state).failures()).isEqualTo(1));
    given(validated(), drillStarted(SOAP), notUnderstood("soap"), notUnderstood("soap"))
        .when(sms("?"))
        .then(abandonedNotUnderstood("soap"), advancedTo("done"), drillCompleted());
  }

  @Test
  void theFirstOneNeverAbandonsAPrompt() {
    given(validated(), drillStarted(SOAP), failed("soap"))
        .when(sms("?"))
        .then(notUnderstood("soap"))
        .and(state -> assertThat(waitingIn(state).failures()).isEqualTo(1));
    given(validated(), drillStarted(SOAP), failed("soap"), notUnderstood("soap"))
        .when(sms("a"))
        .then(abandoned("soap"), advancedTo("done"), drillCompleted());
    DrillVersion once = drill("once", graded("soap", "soap", 0, "What?"), open("done", "Bye"));
    given(validated(), drillStarted(once)).when(sms("?")).then(notUnderstood("soap"));
  }

  @ParameterizedTest
  @CsvSource({"4,", "5!,5", "a 3 I think,3"})
  void aRatingIsKeptAsItsNumber(String reply, String stored) {
    given(validated(), drillStarted(RATING))
        .when(sms(reply))
        .then(
            stored == null ? completed("rating") : completedKeeping("rating", stored),
            advancedTo("done"),
            drillCompleted())
        .and(
            state ->
                assertThat(state.profile().replies())
                    .containsEntry(ProfileKey.SELF_RATING_1, stored == null ? reply : stored));
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "0", "very sure", "2 or 3", "4.5", "20", ""})
  void aReplyOutsideTheRangeIsAskedForAgain(String reply) {
    given(validated(), drillStarted(RATING)).when(sms(reply)).then(notUnderstood("rating"));
  }

  @Test
  void aRangeIsWhatTheMessageLists() {
    DrillVersion free =
        drill("free", asksFor("rating", ProfileKey.SELF_RATING_1, "How sure are you?"));
    given(validated(), drillStarted(free))
        .when(sms("very"))
        .then(completed("rating"), drillCompleted());
    DrillVersion listed =
        drill(
            "listed",
            asksFor("rating", ProfileKey.SELF_RATING_2, "How?\n1) Not sure\n2) Sure\n3) Very"));
    given(validated(), drillStarted(listed)).when(sms("4")).then(notUnderstood("rating"));
  }

  @Test
  void onceAbandonedNothingIsStoredAndTheDrillGoesOn() {
    given(validated(), drillStarted(RATING), notUnderstood("rating"), notUnderstood("rating"))
        .when(sms("lots"))
        .then(abandonedNotUnderstood("rating"), advancedTo("done"), drillCompleted())
        .and(state -> assertThat(state.profile().replies()).isEmpty());
  }

  @Test
  void aLanguageIsOneThatTheEngineSpeaks() {
    given(validated(), drillStarted(LANGUAGE)).when(sms("Klingon")).then(notUnderstood("language"));
    given(validated(), drillStarted(LANGUAGE))
        .when(sms("Español por favor"))
        .then(completedKeeping("language", "es"), advancedTo("done"), drillCompleted())
        .and(state -> assertThat(state.profile().language()).hasToString("es"));
  }
}

package co.stopcovid.dialog;

import static co.stopcovid.dialog.Drills.HANDS;
import static co.stopcovid.dialog.Drills.MASKS;
import static co.stopcovid.dialog.Drills.PROFILE;
import static co.stopcovid.dialog.Story.ANA;
import static co.stopcovid.dialog.Story.NOW;
import static co.stopcovid.dialog.Story.RUNNING;
import static co.stopcovid.dialog.Story.SEQ;
import static co.stopcovid.dialog.Story.abandoned;
import static co.stopcovid.dialog.Story.advancedTo;
import static co.stopcovid.dialog.Story.completed;
import static co.stopcovid.dialog.Story.drillCompleted;
import static co.stopcovid.dialog.Story.drillOf;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.failed;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.nextDrillRequested;
import static co.stopcovid.dialog.Story.notUnderstood;
import static co.stopcovid.dialog.Story.optedOut;
import static co.stopcovid.dialog.Story.optedOutOfNoDrill;
import static co.stopcovid.dialog.Story.reminded;
import static co.stopcovid.dialog.Story.sms;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.validationFailed;
import static co.stopcovid.dialog.Story.waitingIn;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Story.Scene;
import co.stopcovid.dialog.Story.Told;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.TestContent;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DOMAIN.md section 5: how events change the state. */
class EvolveTest {
  private static final UUID OTHER = new UUID(0, 1);

  @Test
  void nothingIsKnownOfANewLearner() {
    assertThat(given().state())
        .isEqualTo(new DialogState(ANA, SequenceNumber.ZERO, 0, UserProfile.NEW, null));
    assertThat(UserProfile.NEW.validated()).isFalse();
    assertThat(UserProfile.NEW.optedOut()).isFalse();
    assertThat(UserProfile.NEW.language()).isNull();
  }

  @Test
  void aBatchMovesSeqAndVersion() {
    DialogState before = given(validated()).state();
    var batch =
        new EventBatch(
            ANA, SEQ, 4, NOW, before.profile(), List.of(new DialogEvent.NextDrillRequested(NOW)));

    DialogState after = Dialog.evolve(before, batch);

    assertThat(after.seq()).isEqualTo(SEQ);
    assertThat(after.version()).isEqualTo(4);
    assertThat(after.hasProcessed(SEQ)).isTrue();
    assertThat(after.hasProcessed(SEQ.next())).isFalse();
  }

  @Test
  void failedValidationsAreCountedUntilOneSucceeds() {
    DialogState state = given(validationFailed(), validationFailed()).state();

    assertThat(state.profile()).isEqualTo(given().state().profile());
    assertThat(state.wrongCodes()).isNotNull().extracting(WrongCodes::count).isEqualTo(2);
    assertThat(given(validationFailed(), validated()).state().wrongCodes()).isNull();
  }

  @Test
  void validationEndsADrill() {
    DialogState state = given(validated(), drillStarted(HANDS), validated()).state();

    assertThat(state.current()).isNull();
    assertThat(state.profile().validated()).isTrue();
  }

  @Test
  void aCompletedPromptWaitsNoMore() {
    DialogState state = given(validated(), drillStarted(HANDS), completed("soap")).state();

    assertThat(drillOf(state).prompt()).isNull();
    assertThat(drillOf(state).drill()).isEqualTo(HANDS);
  }

  @Test
  void anAbandonedPromptWaitsNoMore() {
    assertThat(drillOf(given(validated(), drillStarted(HANDS), abandoned("soap")).state()).prompt())
        .isNull();
  }

  @Test
  void failuresAreCounted() {
    assertThat(
            waitingIn(
                    given(validated(), drillStarted(HANDS), failed("soap"), failed("soap")).state())
                .failures())
        .isEqualTo(2);
  }

  @Test
  void askingForTheNextDrillOptsInAndLeavesADrillAlone() {
    DialogState state =
        given(validated(), optedOutOfNoDrill(), nextDrillRequested(), drillStarted(HANDS)).state();
    DialogState again = Dialog.evolve(state, new DialogEvent.NextDrillRequested(NOW));

    assertThat(state.profile().optedOut()).isFalse();
    assertThat(again).isEqualTo(state);
  }

  static Stream<ProfileKey> keysOfReplies() {
    return Stream.concat(ProfileKey.listed().stream(), ProfileKey.find("x_shirt_size").stream())
        .filter(
            key ->
                !Set.of(ProfileKey.LANGUAGE, ProfileKey.SCHEDULE_DAYS, ProfileKey.SCHEDULE_TIME)
                    .contains(key));
  }

  @ParameterizedTest
  @MethodSource("keysOfReplies")
  void aReplyIsStoredUnderTheKeyOfItsPrompt(ProfileKey key) {
    DrillVersion drill =
        TestContent.drill(
            "asks", TestContent.asksFor("asked", key, "?"), TestContent.open("done", "Bye"));

    given(validated(), drillStarted(drill))
        .when(sms(" on Monday "))
        .then(completed("asked"), advancedTo("done"), drillCompleted())
        .and(
            state -> {
              assertThat(state.profile().replies()).containsOnlyKeys(key);
              assertThat(state.profile().replies()).containsValue("on Monday");
            });
  }

  @Test
  void aLaterReplyReplacesTheEarlierOne() {
    assertThat(
            given(
                    validated(),
                    drillStarted(PROFILE),
                    advancedTo("name"),
                    completed("name", "Ana"),
                    drillStarted(PROFILE),
                    advancedTo("name"),
                    completed("name", "Eva"))
                .state()
                .profile()
                .name())
        .isEqualTo("Eva");
  }

  @Test
  void aLongReplyIsCutButNeverWithinACharacter() {
    String reply = "x".repeat(UserProfile.LONGEST_REPLY - 1) + "😀";

    assertThat(
            given(validated(), drillStarted(PROFILE), advancedTo("job"), completed("job", reply))
                .state()
                .profile()
                .replies())
        .containsEntry(ProfileKey.JOB, "x".repeat(UserProfile.LONGEST_REPLY - 1));
  }

  @Test
  void aFailedReplyIsNotStored() {
    DrillVersion drill =
        TestContent.drill(
            "graded",
            new Prompt(
                new PromptSlug("job"),
                List.of(new PromptMessage("?", null)),
                "cook",
                ProfileKey.JOB,
                1),
            TestContent.open("done", "Bye"));

    given(validated(), drillStarted(drill))
        .when(sms("nurse"))
        .then(failed("job"))
        .and(state -> assertThat(state.profile().replies()).isEmpty());
    given(validated(), drillStarted(drill))
        .when(sms("cook"))
        .and(state -> assertThat(state.profile().replies()).containsEntry(ProfileKey.JOB, "cook"));
  }

  @ParameterizedTest
  @CsvSource({"2, es", "es, es", "ESPAÑOL, es", "spanish, es", "1, en", "English, en"})
  void aLanguageIsRecognised(String reply, String language) {
    given(validated(), drillStarted(PROFILE))
        .when(sms(reply))
        .then(completed("language"), advancedTo("name"))
        .and(
            state -> {
              assertThat(state.profile().language()).isEqualTo(new Language(language));
              assertThat(state.profile().replies()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Klingon", "3", "", "english or español", "?"})
  void aLanguageNotRecognisedLeavesItAsItWas(String reply) {
    given(validated(), drillStarted(PROFILE))
        .when(sms(reply))
        .then(notUnderstood("language"))
        .and(state -> assertThat(state.profile().language()).isNull());
    given(validated(), drillStarted(PROFILE), completed("language", "2"), drillStarted(PROFILE))
        .when(sms(reply))
        .and(state -> assertThat(state.profile().language()).isEqualTo(TestContent.SPANISH));
  }

  @Test
  void theLanguageMayChangeInTheMiddleOfADrill() {
    given(validated(), drillStarted(PROFILE), completed("language", "2"), drillStarted(PROFILE))
        .when(sms("1"))
        .and(state -> assertThat(state.profile().language()).isEqualTo(TestContent.ENGLISH));
  }

  /** A replay of odd histories must never fail, and never do what the event does not mean. */
  @Test
  void anEventThatDoesNotFitChangesNothing() {
    List<Story> stories =
        List.of(
            given(),
            given(validated()),
            given(validated(), optedOutOfNoDrill()),
            given(validated(), drillStarted(HANDS), drillCompleted()));
    for (Story story : stories) {
      for (Told told :
          List.of(
              reminded("soap"),
              completed("soap"),
              completed("name", "Ana"),
              failed("soap"),
              abandoned("soap"),
              advancedTo("fingers"),
              drillCompleted())) {
        assertUnchanged(story.state(), told, RUNNING);
      }
    }
  }

  @Test
  void anEventOfAnotherInstanceChangesNothing() {
    DialogState state = given(validated(), drillStarted(HANDS)).state();
    for (Told told :
        List.of(
            reminded("soap"),
            completed("soap"),
            failed("soap"),
            abandoned("soap"),
            advancedTo("fingers"),
            drillCompleted())) {
      assertUnchanged(state, told, OTHER);
    }
  }

  @Test
  void anEventOfAnotherPromptChangesNothing() {
    DialogState inHands = given(validated(), drillStarted(HANDS)).state();
    for (String prompt : List.of("fingers", "nowhere")) {
      for (Told told :
          List.of(reminded(prompt), completed(prompt), failed(prompt), abandoned(prompt))) {
        assertUnchanged(inHands, told, RUNNING);
      }
    }
    assertUnchanged(inHands, advancedTo("nowhere"), RUNNING);
    assertUnchanged(
        given(validated(), drillStarted(PROFILE)).state(), completed("name", "Ana"), RUNNING);
  }

  @Test
  void anEventOfAPromptThatWaitsNoMoreChangesNothing() {
    DialogState state =
        given(validated(), drillStarted(PROFILE), completed("language", "2")).state();
    for (Told told :
        List.of(reminded("language"), completed("language", "1"), failed("language"))) {
      assertUnchanged(state, told, RUNNING);
    }
  }

  @Test
  void aDrillThatBeginsWithAPromptItDoesNotHaveDoesNotStart() {
    DialogState state = given(validated(), drillStarted(HANDS)).state();
    var odd = new DialogEvent.DrillStarted(NOW, OTHER, MASKS, new PromptSlug("nowhere"));

    assertThat(Dialog.evolve(state, odd)).isEqualTo(state);
  }

  @Test
  void optingOutEndsAnyDrillWhateverInstanceItNames() {
    DialogState state = given(validated(), drillStarted(HANDS)).state();

    assertThat(Dialog.evolve(state, new DialogEvent.OptedOut(NOW, OTHER, true)))
        .isEqualTo(given(validated(), drillStarted(HANDS), optedOut()).state());
  }

  private static void assertUnchanged(DialogState state, Told told, UUID instance) {
    DialogEvent event = told.event(new Scene(NOW, instance, "x"));
    assertThat(Dialog.evolve(state, event)).as("after %s", event).isEqualTo(state);
  }
}

package co.stopcovid.dialog;

import static co.stopcovid.dialog.Drills.HANDS;
import static co.stopcovid.dialog.Drills.MASKS;
import static co.stopcovid.dialog.Drills.PROFILE;
import static co.stopcovid.dialog.Story.ACME;
import static co.stopcovid.dialog.Story.completed;
import static co.stopcovid.dialog.Story.demoValidated;
import static co.stopcovid.dialog.Story.drillCompleted;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.failed;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.nextDrillRequested;
import static co.stopcovid.dialog.Story.optedOut;
import static co.stopcovid.dialog.Story.optedOutOfNoDrill;
import static co.stopcovid.dialog.Story.sms;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.validationFailed;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.Decision.NoEvents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DOMAIN.md section 4, INBOUND_SMS rules 1, 2, 3, 6 and 7, and their order. */
class KeywordRulesTest {
  /** Every kind of state that a learner can be in. */
  private static List<Story> everyState() {
    return List.of(
        given(),
        given(validationFailed()),
        given(validated()),
        given(demoValidated()),
        given(validated(), drillStarted(HANDS)),
        given(validated(), drillStarted(MASKS)),
        given(validated(), drillStarted(PROFILE)),
        given(demoValidated(), drillStarted(HANDS), failed("soap")),
        given(validated(), optedOutOfNoDrill()),
        given(optedOutOfNoDrill()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "INFO", " Help! ", "ayuda"})
  void helpIsLeftToTheProviderInAnyState(String body) {
    for (Story story : everyState()) {
      story
          .code(body, new CodeVerdict.Valid(false, ACME))
          .when(sms(body))
          .thenNothing(NoEvents.HELP_ANSWERED_BY_PROVIDER)
          .withoutAskingForCodes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stop", "STOP", " Stop. ", "stop it", "please stop", "Stop texting me!", "PARAR"})
  void optOutIsHeardInAnyStateAndLanguage(String body) {
    for (Story story : everyState()) {
      boolean inDrill = story.state().current() != null;
      story
          .code(body, new CodeVerdict.Valid(false, ACME))
          .when(sms(body))
          .then(inDrill ? optedOut() : optedOutOfNoDrill())
          .withoutAskingForCodes()
          .and(
              state -> {
                assertThat(state.profile().optedOut()).isTrue();
                assertThat(state.current()).isNull();
              });
    }
  }

  @Test
  void optOutWaitsForNoRegistrationService() {
    given().registrationUnavailable().when(sms("stop")).then(optedOutOfNoDrill());
    given(demoValidated()).registrationUnavailable().when(sms("stop")).then(optedOutOfNoDrill());
  }

  @Test
  void optingOutKeepsTheProfile() {
    given(validated(), drillStarted(HANDS))
        .when(sms("stop"))
        .and(state -> assertThat(state.profile().validated()).isTrue())
        .and(state -> assertThat(state.profile().accountInfo()).isEqualTo(ACME));
  }

  @Test
  void aKeywordWithinASentenceIsNone() {
    given(validated(), drillStarted(HANDS)).when(sms("I cannot stop here")).then(failed("soap"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "UNSTOP", "Yes", "empezar", "sí", "si"})
  void anOptedOutLearnerComesBackByAKeyword(String body) {
    given(validated(), optedOutOfNoDrill())
        .when(sms(body))
        .then(nextDrillRequested())
        .and(state -> assertThat(state.profile().optedOut()).isFalse());
  }

  @Test
  void whoWasNotValidatedIsNotSoByComingBack() {
    given(optedOutOfNoDrill())
        .when(sms("start"))
        .then(nextDrillRequested())
        .and(state -> assertThat(state.profile().validated()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"more", "b", "hello", "", "acme-2026"})
  void anOptedOutLearnerIsNotAnswered(String body) {
    for (Story story :
        List.of(given(validated(), drillStarted(HANDS), optedOut()), given(optedOutOfNoDrill()))) {
      story
          .code("acme-2026", new CodeVerdict.Valid(false, ACME))
          .when(sms(body))
          .thenNothing(NoEvents.OPTED_OUT)
          .withoutAskingForCodes();
    }
  }

  @Test
  void anOptedOutDemoLearnerWithACodeIsNotAnswered() {
    given(demoValidated(), optedOutOfNoDrill())
        .code("acme-2026", new CodeVerdict.Valid(true, ACME))
        .when(sms("acme-2026"))
        .thenNothing(NoEvents.OPTED_OUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"more", "More!", "next", "más", "MAS", "more please"})
  void moreAsksForTheNextDrill(String body) {
    given(validated()).when(sms(body)).then(nextDrillRequested());
    given(validated(), drillStarted(HANDS), drillCompleted())
        .when(sms(body))
        .then(nextDrillRequested());
  }

  @Test
  void whileAPromptWaitsMoreIsAnAnswer() {
    given(validated(), drillStarted(HANDS)).when(sms("more")).then(failed("soap"));
    given(validated(), drillStarted(MASKS))
        .when(sms("more"))
        .then(completed("first"), Story.advancedTo("last"), drillCompleted());
  }

  @Test
  void forWhoIsNotValidatedMoreIsACode() {
    given().when(sms("more")).then(validationFailed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"thanks", "Gracias!", "👍", "🙏🏽❤️"})
  void thanksNeedNoAnswer(String body) {
    given(validated()).when(sms(body)).thenNothing(NoEvents.COURTESY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Liked “Question 1”", "Reacted 👍 to “Question 1”"})
  void aReactionOfAPhoneIsNoMessage(String body) {
    for (Story story : everyState()) {
      story.when(sms(body)).thenNothing(NoEvents.REACTION).withoutAskingForCodes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "hello", "", "b", "?"})
  void whatNoRuleFitsIsUnhandled(String body) {
    given(validated()).when(sms(body)).thenNothing(NoEvents.UNHANDLED).withoutAskingForCodes();
    given(validated(), drillStarted(HANDS), drillCompleted())
        .when(sms(body))
        .thenNothing(NoEvents.UNHANDLED);
  }
}

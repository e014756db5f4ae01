package co.stopcovid.dialog;

import static co.stopcovid.dialog.Drills.HANDS;
import static co.stopcovid.dialog.Drills.MASKS;
import static co.stopcovid.dialog.Drills.PROFILE;
import static co.stopcovid.dialog.Story.ACME;
import static co.stopcovid.dialog.Story.advancedTo;
import static co.stopcovid.dialog.Story.completed;
import static co.stopcovid.dialog.Story.demoValidated;
import static co.stopcovid.dialog.Story.drillCompleted;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.failed;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.languageChanged;
import static co.stopcovid.dialog.Story.nextDrillRequested;
import static co.stopcovid.dialog.Story.notUnderstood;
import static co.stopcovid.dialog.Story.optedOut;
import static co.stopcovid.dialog.Story.optedOutInOtherWords;
import static co.stopcovid.dialog.Story.optedOutOfNoDrill;
import static co.stopcovid.dialog.Story.optedOutOfNoDrillInOtherWords;
import static co.stopcovid.dialog.Story.replied;
import static co.stopcovid.dialog.Story.sms;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.validationFailed;
import static co.stopcovid.drills.TestContent.ENGLISH;
import static co.stopcovid.drills.TestContent.SPANISH;
import static co.stopcovid.drills.TestContent.drill;
import static co.stopcovid.drills.TestContent.graded;
import static co.stopcovid.drills.TestContent.open;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.drills.DrillVersion;
import java.util.List;
import java.util.Map;
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
  @ValueSource(strings = {"help", "INFO", " Help\n"})
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
  @ValueSource(strings = {"Help!", "help please", "“info”", "AYUDA", "¿Ayuda?"})
  void helpInOtherWordsIsAnsweredByTheEngine(String body) {
    for (Story story : everyState()) {
      story.code(body, new CodeVerdict.Valid(false, ACME));
      if (story.state().profile().optedOut()) {
        story.when(sms(body)).thenNothing(NoEvents.OPTED_OUT);
      } else {
        story
            .when(sms(body))
            .then(replied("help"))
            .withoutAskingForCodes()
            .and(state -> assertThat(state.current()).isEqualTo(story.state().current()));
      }
    }
  }

  /** Where a form waits, such as a language, a question is a reply outside it. */
  @Test
  void aQuestionIsHelpUnlessAFormWaits() {
    given(validated(), drillStarted(PROFILE))
        .when(sms("What is this?"))
        .then(notUnderstood("language"));
    given(validated(), drillStarted(PROFILE), completed("language", "es"), advancedTo("name"))
        .when(sms("What is this?"))
        .then(replied("help"));
    given(validated()).when(sms("What is this?")).then(replied("help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "STOP", " Cancel "})
  void theProvidersWordsOptOutInAnyState(String body) {
    everyState().forEach(story -> optsOut(story, body, optedOut(), optedOutOfNoDrill()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Stop.",
        "stop!!",
        "“cancel”",
        "stop it",
        "please stop",
        "Stop texting me!",
        "PARAR",
        "remove me"
      })
  void otherWordsOptOutInAnyStateAndTheEngineSaysSo(String body) {
    everyState()
        .forEach(
            story -> optsOut(story, body, optedOutInOtherWords(), optedOutOfNoDrillInOtherWords()));
  }

  private static void optsOut(Story story, String body, Story.Told inDrill, Story.Told inNone) {
    story
        .code(body, new CodeVerdict.Valid(false, ACME))
        .when(sms(body))
        .then(story.state().current() != null ? inDrill : inNone)
        .withoutAskingForCodes()
        .and(
            state -> {
              assertThat(state.profile().optedOut()).isTrue();
              assertThat(state.current()).isNull();
            });
  }

  /** One option is a wish in Spanish, one a word of help, and one the provider's own. */
  private static final DrillVersion MACHINES =
      drill(
          "05-machines",
          graded("belt", "b) Parar", 1, "The belt smokes.\na) Ayuda\nb) Parar\nc) Cancel"),
          open("done", "Well done!"));

  @Test
  void anAnswerOfTheWaitingPromptIsNoRequest() {
    Story story = given(validated(), drillStarted(MACHINES));
    story.when(sms("parar")).then(completed("belt"), advancedTo("done"), drillCompleted());
    story.when(sms("ayuda")).and(state -> assertThat(state.current()).isNotNull());
    assertThat(story.when(sms("ayuda")).decision()).isInstanceOf(Decision.Happened.class);
    story.when(sms("basta")).then(optedOutInOtherWords());
    given(validated()).when(sms("parar")).then(optedOutOfNoDrillInOtherWords());
  }

  @Test
  void theProvidersWordIsAnOptOutEvenWhereItIsAnAnswer() {
    given(validated(), drillStarted(MACHINES)).when(sms("cancel")).then(optedOut());
    given(validated(), drillStarted(MACHINES)).when(sms("Cancel.")).then(optedOutInOtherWords());
  }

  @Test
  void theProvidersOwnVerdictComesFirst() {
    for (Story story : everyState()) {
      story
          .when(taken("STOP", "Liked “Question 1”"))
          .then(story.state().current() != null ? optedOut() : optedOutOfNoDrill());
      story.when(taken("HELP", "what is this")).thenNothing(NoEvents.HELP_ANSWERED_BY_PROVIDER);
    }
    given(validated(), optedOutOfNoDrill())
        .when(taken("START", "begin"))
        .then(nextDrillRequested());
    given(validated(), drillStarted(HANDS))
        .when(taken("START", "b"))
        .then(completed("soap"), advancedTo("fingers"));
  }

  private static DialogCommand taken(String verdict, String body) {
    return new DialogCommand.ReceiveSms(Story.ANA, body, Map.of("OptOutType", verdict));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Español", "spanish!", "“ESPAÑOL”."})
  void aLanguagesNameAloneChangesTheLanguage(String body) {
    given(validated()).when(sms(body)).then(languageChanged(SPANISH, null));
    given(validated(), drillStarted(HANDS))
        .when(sms(body))
        .then(languageChanged(SPANISH, "soap"))
        .and(
            state -> {
              assertThat(state.profile().language()).isEqualTo(SPANISH);
              assertThat(state.current()).isNotNull();
            });
    given().when(sms(body)).then(languageChanged(SPANISH, null));
    given(validated(), optedOutOfNoDrill()).when(sms(body)).thenNothing(NoEvents.OPTED_OUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"es", "I speak Spanish", "Espanol de Mexico", "espanxol"})
  void aCodeASentenceAndASlipDoNot(String body) {
    given(validated()).when(sms(body)).thenNothing(NoEvents.UNHANDLED);
    given().when(sms(body)).then(validationFailed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"language", "Idioma?", "Deutsch", "German"})
  void whoNamesNoLanguageOfTheCourseIsAskedWhich(String body) {
    given(validated()).when(sms(body)).then(replied("which_language"));
    given(validated(), drillStarted(HANDS)).when(sms(body)).then(replied("which_language"));
    given().when(sms(body)).then(validationFailed());
  }

  @Test
  void aLanguageThatTheCourseDoesNotTeachIsNone() {
    given(validated()).taught(ENGLISH).when(sms("español")).then(replied("which_language"));
    given().taught(ENGLISH).when(sms("español")).then(validationFailed());
  }

  @Test
  void aLanguagesNameMayBeAnAnswer() {
    given(validated(), drillStarted(PROFILE))
        .when(sms("Español"))
        .and(state -> assertThat(state.profile().language()).isEqualTo(SPANISH));
    var asked =
        drill(
            "06-spain",
            graded("spain", "Spanish", 1, "What do they speak in Spain?"),
            open("x", "Yes!"));
    given(validated(), drillStarted(asked))
        .when(sms("spanish"))
        .then(completed("spain"), advancedTo("x"), drillCompleted());
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
    given(validated(), drillStarted(HANDS))
        .when(sms("I cannot stop here"))
        .then(notUnderstood("soap"));
  }

  @Test
  void aWishIsHeardWhileTheRegistrationServiceIsSilent() {
    given(demoValidated(), drillStarted(MACHINES))
        .registrationUnavailable()
        .when(sms("basta"))
        .then(optedOutInOtherWords());
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "UNSTOP", "Yes", "“yes.”", " start "})
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
  @ValueSource(strings = {"more", "b", "hello", "", "acme-2026", "sí", "empezar", "yes please"})
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
    given(validated(), drillStarted(HANDS)).when(sms("more")).then(notUnderstood("soap"));
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
  @ValueSource(
      strings = {
        "Liked “Question 1”",
        "Reacted 👍 to “Question 1”",
        "Liked 'Which isn't clean?\na) soap\nb) gloves'",
        "Removed a heart from an image"
      })
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

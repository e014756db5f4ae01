package co.stopcovid.dialog;

import static co.stopcovid.dialog.Drills.HANDS;
import static co.stopcovid.dialog.Drills.PROFILE;
import static co.stopcovid.dialog.Story.ACME;
import static co.stopcovid.dialog.Story.advancedTo;
import static co.stopcovid.dialog.Story.completed;
import static co.stopcovid.dialog.Story.demoValidated;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.failed;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.nextDrillRequested;
import static co.stopcovid.dialog.Story.sms;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.validationFailed;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.CodeVerdict.Valid;
import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.drills.TestContent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DOMAIN.md section 4, INBOUND_SMS rule 4. */
class RegistrationTest {
  private static final AccountInfo OTHER = AccountInfo.of(Map.of("company", "Other"));

  @ParameterizedTest
  @ValueSource(strings = {"acme-2026", "ACME-2026", "  Acme-2026\n", "ａｃｍｅ-2026"})
  void aValidCodeInAnyCaseValidates(String body) {
    given()
        .code("acme-2026", new Valid(false, ACME))
        .when(sms(body))
        .then(validated(false, ACME))
        .and(
            state -> {
              assertThat(state.profile().validated()).isTrue();
              assertThat(state.profile().isDemo()).isFalse();
              assertThat(state.profile().accountInfo()).isEqualTo(ACME);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme-2026.",
        "“Acme-2026”",
        "#ACME-2026!",
        "code: acme-2026",
        "Code acme-2026",
        "my code is ACME-2026, please",
        "código: acme-2026",
        "acme–2026",
        "acme-\u200b2026",
        "acme-2026 👍",
        "We start today, code acme-2026"
      })
  void aValidCodeInAnyDressValidates(String body) {
    given().code("acme-2026", new Valid(false, ACME)).when(sms(body)).then(validated(false, ACME));
  }

  @Test
  void theWholeMessageMayBeACodeToo() {
    given()
        .code("code red", new Valid(false, ACME))
        .code("red", new Valid(false, OTHER))
        .when(sms("Code Red"))
        .then(validated(false, ACME));
  }

  @Test
  void aDemoCodeMakesADemoLearner() {
    given()
        .code("demo", new Valid(true, OTHER))
        .when(sms("demo"))
        .then(validated(true, OTHER))
        .and(state -> assertThat(state.profile().isDemo()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "yes", "start", "", "  ", "\u00a0", "👍", "acme 2026"})
  void whatIsNoValidCodeFailsTheValidation(String body) {
    given()
        .code("acme-2026", new Valid(false, ACME))
        .when(sms(body))
        .then(validationFailed())
        .and(state -> assertThat(state.profile()).isEqualTo(UserProfile.NEW));
  }

  /** The service is not asked about whole messages. */
  @Test
  void aLongMessageIsNoCode() {
    given().registrationUnavailable().when(sms("x".repeat(101))).then(validationFailed());
    given().registrationUnavailable().when(sms("x".repeat(100))).thenNotNow();
  }

  /** U+FDFA is 18 characters in its compared form. */
  @Test
  void aMessageThatBecomesLongWhenComparedIsNoCode() {
    given().registrationUnavailable().when(sms("\ufdfa".repeat(50))).then(validationFailed());
  }

  @Test
  void whoFailedMayTryAgain() {
    given(validationFailed())
        .code("acme-2026", new Valid(false, ACME))
        .when(sms("acme-2026"))
        .then(validated(false, ACME));
  }

  @Test
  void aSilentServiceIsNeverAnInvalidCode() {
    given().registrationUnavailable().when(sms("acme-2026")).thenNotNow();
    given(demoValidated(), drillStarted(HANDS))
        .registrationUnavailable()
        .when(sms("b"))
        .thenNotNow();
  }

  @Test
  void aValidatedLearnersCodeIsNotAskedFor() {
    given(validated())
        .code("acme-2026", new Valid(false, OTHER))
        .when(sms("acme-2026"))
        .thenNothing(NoEvents.UNHANDLED)
        .withoutAskingForCodes();
    given(validated(), drillStarted(HANDS))
        .registrationUnavailable()
        .when(sms("b"))
        .then(completed("soap"), advancedTo("fingers"))
        .withoutAskingForCodes();
  }

  @Test
  void aDemoLearnerRegistersAnewInTheMiddleOfADrill() {
    given(demoValidated(), drillStarted(HANDS), failed("soap"))
        .code("other", new Valid(false, OTHER))
        .when(sms("Other"))
        .then(validated(false, OTHER))
        .and(
            state -> {
              assertThat(state.current()).isNull();
              assertThat(state.profile().isDemo()).isFalse();
              assertThat(state.profile().accountInfo()).isEqualTo(OTHER);
            });
  }

  @Test
  void registeringAnewKeepsLanguageAndReplies() {
    given(demoValidated(), drillStarted(PROFILE), completed("language", "2"), advancedTo("name"))
        .code("other", new Valid(true, OTHER))
        .when(sms("other"))
        .and(state -> assertThat(state.profile().language()).isEqualTo(TestContent.SPANISH));
  }

  @Test
  void aDemoLearnersOtherMessagesFallThrough() {
    given(demoValidated(), drillStarted(HANDS))
        .when(sms("b"))
        .then(completed("soap"), advancedTo("fingers"));
    given(demoValidated(), drillStarted(HANDS)).when(sms("a")).then(failed("soap"));
    given(demoValidated()).when(sms("more")).then(nextDrillRequested());
    given(demoValidated()).when(sms("hello")).thenNothing(NoEvents.UNHANDLED);
  }

  /** Such a state comes from a validation that was taken back; the code still comes first. */
  @Test
  void whoIsNotValidatedAnswersNoPrompt() {
    given(drillStarted(HANDS)).when(sms("b")).then(validationFailed());
  }
}

package co.stopcovid.dialog;

import static co.stopcovid.dialog.Drills.HANDS;
import static co.stopcovid.dialog.Drills.MASKS;
import static co.stopcovid.dialog.Story.ANA;
import static co.stopcovid.dialog.Story.NOW;
import static co.stopcovid.dialog.Story.RUNNING;
import static co.stopcovid.dialog.Story.SEQ;
import static co.stopcovid.dialog.Story.advancedTo;
import static co.stopcovid.dialog.Story.completed;
import static co.stopcovid.dialog.Story.demoValidated;
import static co.stopcovid.dialog.Story.drillCompleted;
import static co.stopcovid.dialog.Story.drillOf;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.failed;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.nextDrillRequested;
import static co.stopcovid.dialog.Story.optedOut;
import static co.stopcovid.dialog.Story.optedOutOfNoDrill;
import static co.stopcovid.dialog.Story.reminded;
import static co.stopcovid.dialog.Story.startDrill;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.waitingIn;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.DerivedId;
import co.stopcovid.dialog.Decision.NoEvents;
import org.junit.jupiter.api.Test;

/** DOMAIN.md section 4, START_DRILL. */
class StartDrillTest {
  @Test
  void aDrillStartsWithItsFirstPrompt() {
    given(validated())
        .published(HANDS)
        .when(startDrill("01-hands"))
        .then(drillStarted(HANDS))
        .and(
            state -> {
              assertThat(drillOf(state).drill()).isEqualTo(HANDS);
              assertThat(waitingIn(state))
                  .isEqualTo(PromptState.started(HANDS.drill().first().slug(), NOW));
            });
  }

  @Test
  void theInstanceIdDerivesFromLearnerAndCommand() {
    given(validated())
        .published(HANDS)
        .when(startDrill("01-hands"))
        .and(
            state ->
                assertThat(drillOf(state).instanceId())
                    .isEqualTo(DerivedId.of(ANA, SEQ, "drill instance"))
                    .isNotEqualTo(DerivedId.of(ANA, SEQ.next(), "drill instance")));
  }

  @Test
  void aDemoLearnerMayStartDrills() {
    given(demoValidated()).published(HANDS).when(startDrill("01-hands")).then(drillStarted(HANDS));
  }

  @Test
  void aDrillReplacesTheOneUnderWay() {
    given(validated(), drillStarted(HANDS), failed("soap"), reminded("soap"))
        .published(HANDS, MASKS)
        .when(startDrill("02-masks"))
        .then(drillStarted(MASKS))
        .and(
            state -> {
              assertThat(drillOf(state).drill()).isEqualTo(MASKS);
              assertThat(drillOf(state).instanceId()).isNotEqualTo(RUNNING);
              assertThat(waitingIn(state).failures()).isZero();
              assertThat(waitingIn(state).reminders()).isZero();
            });
  }

  @Test
  void theSameDrillStartsOverAsAnotherInstance() {
    given(validated(), drillStarted(HANDS), completed("soap"), advancedTo("fingers"))
        .published(HANDS)
        .when(startDrill("01-hands"))
        .then(drillStarted(HANDS))
        .and(
            state -> {
              assertThat(drillOf(state).instanceId()).isNotEqualTo(RUNNING);
              assertThat(waitingIn(state).slug()).isEqualTo(HANDS.drill().first().slug());
            });
  }

  @Test
  void aCompletedDrillMayBeStartedAgain() {
    given(validated(), drillStarted(HANDS), drillCompleted())
        .published(HANDS)
        .when(startDrill("01-hands"))
        .then(drillStarted(HANDS));
  }

  @Test
  void noDrillStartsForAnOptedOutLearner() {
    given(validated(), drillStarted(HANDS), optedOut())
        .published(HANDS)
        .when(startDrill("01-hands"))
        .thenNothing(NoEvents.OPTED_OUT);
  }

  @Test
  void noDrillStartsForALearnerWhoIsNotValidated() {
    given().published(HANDS).when(startDrill("01-hands")).thenNothing(NoEvents.NOT_VALIDATED);
  }

  @Test
  void optedOutIsTheReasonThatComesFirst() {
    given(optedOutOfNoDrill())
        .published(HANDS)
        .when(startDrill("01-hands"))
        .thenNothing(NoEvents.OPTED_OUT);
  }

  @Test
  void aDrillStartsForWhoOptedInAgain() {
    given(validated(), optedOutOfNoDrill(), nextDrillRequested())
        .published(HANDS)
        .when(startDrill("01-hands"))
        .then(drillStarted(HANDS));
  }

  @Test
  void anUnknownDrillIsRejected() {
    given(validated(), drillStarted(HANDS))
        .published(HANDS)
        .when(startDrill("99-nowhere"))
        .thenRejected("there is no drill with the slug 99-nowhere")
        .and(state -> assertThat(drillOf(state).drill()).isEqualTo(HANDS));
  }

  @Test
  void anUnknownDrillIsNotWorthADeadLetterWhereNoDrillWouldStart() {
    given().when(startDrill("99-nowhere")).thenNothing(NoEvents.NOT_VALIDATED);
    given(validated(), optedOutOfNoDrill())
        .when(startDrill("99-nowhere"))
        .thenNothing(NoEvents.OPTED_OUT);
  }
}

package co.stopcovid.dialog;

import static co.stopcovid.dialog.Drills.HANDS;
import static co.stopcovid.dialog.Story.RUNNING;
import static co.stopcovid.dialog.Story.advancedTo;
import static co.stopcovid.dialog.Story.completed;
import static co.stopcovid.dialog.Story.drillCompleted;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.failed;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.optedOut;
import static co.stopcovid.dialog.Story.reminded;
import static co.stopcovid.dialog.Story.reminder;
import static co.stopcovid.dialog.Story.startDrill;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.waitingIn;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.drills.TestContent;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** DOMAIN.md section 4, TRIGGER_REMINDER. */
class ReminderTest {
  @Test
  void aWaitingPromptIsRemindedOf() {
    given(validated(), drillStarted(HANDS))
        .when(reminder("soap"))
        .then(reminded("soap"))
        .and(state -> assertThat(waitingIn(state).reminders()).isEqualTo(1));
  }

  @Test
  void aReminderLeavesFailuresAsTheyAre() {
    given(validated(), drillStarted(HANDS), failed("soap"))
        .when(reminder("soap"))
        .then(reminded("soap"))
        .and(state -> assertThat(waitingIn(state).failures()).isEqualTo(1));
  }

  @Test
  void aPromptIsRemindedOfOnce() {
    given(validated(), drillStarted(HANDS), reminded("soap"))
        .when(reminder("soap"))
        .thenNothing(NoEvents.ALREADY_REMINDED);
  }

  @Test
  void aWrongAnswerAfterAReminderAllowsNoSecondOne() {
    given(validated(), drillStarted(HANDS), reminded("soap"), failed("soap"))
        .when(reminder("soap"))
        .thenNothing(NoEvents.ALREADY_REMINDED);
  }

  @Test
  void theNextPromptMayBeRemindedOfAgain() {
    given(
            validated(),
            drillStarted(HANDS),
            reminded("soap"),
            completed("soap"),
            advancedTo("fingers"))
        .when(reminder("fingers"))
        .then(reminded("fingers"));
  }

  @Test
  void aPromptThatWasAnsweredIsNotRemindedOf() {
    given(validated(), drillStarted(HANDS), completed("soap"), advancedTo("fingers"))
        .when(reminder("soap"))
        .thenNothing(NoEvents.OTHER_PROMPT);
  }

  @Test
  void aPromptThatTheDrillDoesNotHaveIsNotRemindedOf() {
    given(validated(), drillStarted(HANDS))
        .when(reminder("nowhere"))
        .thenNothing(NoEvents.OTHER_PROMPT);
  }

  @Test
  void anotherInstanceOfTheDrillIsNotRemindedOf() {
    given(validated(), drillStarted(HANDS))
        .when(reminder(new UUID(0, 1), "soap"))
        .thenNothing(NoEvents.OTHER_DRILL);
  }

  @Test
  void theInstanceBeforeARestartIsNotRemindedOf() {
    DialogState restarted =
        given(validated(), drillStarted(HANDS))
            .published(HANDS)
            .when(startDrill("01-hands"))
            .after();
    assertThat(
            Dialog.decide(
                restarted,
                reminder(RUNNING, "soap"),
                Facts.of(Story.NOW, Story.SEQ, TestContent.KEYWORDS)))
        .isEqualTo(new Decision.Nothing(NoEvents.OTHER_DRILL));
  }

  @Test
  void aCompletedDrillIsNotRemindedOf() {
    given(validated(), drillStarted(HANDS), drillCompleted())
        .when(reminder("soap"))
        .thenNothing(NoEvents.OTHER_DRILL);
    given(validated()).when(reminder("soap")).thenNothing(NoEvents.OTHER_DRILL);
  }

  @Test
  void anOptedOutLearnerIsNotReminded() {
    given(validated(), drillStarted(HANDS), optedOut())
        .when(reminder("soap"))
        .thenNothing(NoEvents.OPTED_OUT);
  }

  @Test
  void aLearnerWhoIsNotValidatedIsNotReminded() {
    given().when(reminder("soap")).thenNothing(NoEvents.NOT_VALIDATED);
    given(drillStarted(HANDS)).when(reminder("soap")).thenNothing(NoEvents.NOT_VALIDATED);
  }
}

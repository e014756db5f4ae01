package co.stopcovid.progress;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is silent, and what of it follows from the events. */
class SilenceTest {
  private static final DrillVersion DRILL = Samples.drill("01-first");
  private static final Instant NOON = Samples.NOON;
  private static final Duration DAY = Duration.ofDays(1);
  private static final UUID INSTANCE = new UUID(1, 2);
  private static final PromptSlug PROMPT = new PromptSlug("language");

  private final LearnerStory ana = LearnerStory.ofSomeone().registers("Acme");

  private static UnaskedSessions after(LearnerStory story) {
    LearnerProgress progress =
        LearnerProgress.enrolled(
            LearnerNumbers.single(story.phone()),
            List.of(DRILL.slug()),
            story.batches().getFirst());
    for (var batch : story.batches()) {
      progress = ProgressRules.apply(progress, batch);
    }
    return progress.unasked();
  }

  @ParameterizedTest
  @CsvSource({
    // unanswered, silence, reminders, days until the next session
    "0, NONE, true, 1",
    "1, NONE, true, 1",
    "2, WEEKLY, false, 7",
    "3, WEEKLY, false, 7",
    "5, WEEKLY, false, 7",
    "6, COMPLETE, false, ",
    "7, COMPLETE, false, ",
  })
  void silenceFollowsFromTheSessionsInARowWithoutAnAnswer(
      int unanswered, Silence silence, boolean reminders, Integer days) {
    assertThat(Silence.after(unanswered)).isEqualTo(silence);
    assertThat(silence.allowsReminders()).isEqualTo(reminders);
    var unasked = new UnaskedSessions(unanswered, NOON);
    Set<ZoneId> utc = Set.of(ZoneId.of("UTC"));
    for (int day = 0; day < 60; day++) {
      assertThat(unasked.allowAnother(NOON.plus(DAY.multipliedBy(day)), utc))
          .as("day %d", day)
          .isEqualTo(days != null && day >= days);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // A day is the learner's own.
    "America/New_York, 1, 2026-11-23T04:30:00Z, 2026-11-23T05:30:00Z, true",
    "America/New_York, 1, 2026-11-23T05:30:00Z, 2026-11-24T04:30:00Z, false",
    "Asia/Tokyo, 1, 2026-11-23T14:59:00Z, 2026-11-23T15:00:00Z, true",
    // A week over the end of summer time has an hour more, and is a week.
    "America/New_York, 2, 2026-10-26T13:00:00Z, 2026-11-02T14:00:00Z, true",
    "America/New_York, 2, 2026-10-26T13:00:00Z, 2026-11-02T04:30:00Z, false",
    // Over its beginning, an hour less.
    "America/New_York, 2, 2027-03-08T14:00:00Z, 2027-03-15T13:00:00Z, true",
  })
  void daysAreTheLearnersOwn(
      String zone, int unanswered, Instant last, Instant time, boolean allowed) {
    assertThat(new UnaskedSessions(unanswered, last).allowAnother(time, Set.of(ZoneId.of(zone))))
        .isEqualTo(allowed);
  }

  @Test
  void ofSeveralZonesAllMustHaveAnotherDay() {
    var unasked = new UnaskedSessions(0, Instant.parse("2026-11-23T04:30:00Z"));
    Set<ZoneId> zones = Set.of(ZoneId.of("America/New_York"), ZoneId.of("America/Chicago"));
    assertThat(unasked.allowAnother(Instant.parse("2026-11-23T05:30:00Z"), zones)).isFalse();
    assertThat(unasked.allowAnother(Instant.parse("2026-11-23T06:00:00Z"), zones)).isTrue();
  }

  @Test
  void scheduledSessionsCountUntilTheLearnerWrites() {
    ana.starts(DRILL).after(DAY).starts(DRILL).after(DAY).isReminded("language");
    assertThat(after(ana)).isEqualTo(new UnaskedSessions(2, NOON.plus(DAY)));

    ana.fails("language");
    assertThat(after(ana)).isEqualTo(new UnaskedSessions(0, NOON.plus(DAY)));
  }

  @ParameterizedTest
  @EnumSource(StartCause.class)
  void onlyWhatTheSchedulerStartedCameUnasked(StartCause cause) {
    ana.starts(DRILL)
        .happens(new DialogEvent.DrillStarted(ana.time(), INSTANCE, DRILL, PROMPT, cause));
    assertThat(after(ana).unanswered()).isEqualTo(cause == StartCause.SCHEDULED ? 2 : 1);
  }

  private static final Instant LATER = NOON.plus(DAY);

  static List<DialogEvent> words() {
    var changes = ProfileChanges.language(new Language("es"));
    return List.of(
        new DialogEvent.CompletedPrompt(LATER, INSTANCE, PROMPT, "b"),
        new DialogEvent.FailedPrompt(LATER, INSTANCE, PROMPT, "x", false),
        new DialogEvent.NextDrillRequested(LATER),
        new DialogEvent.UserValidated(LATER, false, Samples.account()),
        new DialogEvent.UserValidationFailed(LATER),
        new DialogEvent.OptedOut(LATER, null, false),
        new DialogEvent.UserUpdated(LATER, changes, false, null, INSTANCE, PROMPT),
        new AdHocMessageSent(LATER, new AdHocText.Label("help"), true, null));
  }

  static List<DialogEvent> others() {
    var changes = ProfileChanges.language(new Language("es"));
    return List.of(
        new DialogEvent.ReminderTriggered(LATER, INSTANCE, PROMPT, 2),
        new DialogEvent.UserUpdated(LATER, changes, true, "maria", INSTANCE, PROMPT),
        new AdHocMessageSent(LATER, new AdHocText.Message("Are you well?"), false, "maria"),
        new AdHocMessageSent(LATER, new AdHocText.Message("Yes, do."), true, "maria"));
  }

  @Test
  void whateverTheLearnerWritesIsAnAnswer() {
    for (DialogEvent word : words()) {
      var story = LearnerStory.ofSomeone().registers("Acme").starts(DRILL).starts(DRILL);
      assertThat(after(story.happens(word)).unanswered()).as("%s", word).isZero();
    }
  }

  @Test
  void whatTheEngineOrAPersonDoesIsNone() {
    for (DialogEvent event : others()) {
      var story = LearnerStory.ofSomeone().registers("Acme").starts(DRILL).starts(DRILL);
      assertThat(after(story.happens(event)).unanswered()).as("%s", event).isEqualTo(2);
    }
  }
}

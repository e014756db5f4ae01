package co.stopcovid.progress;

import static co.stopcovid.progress.ProgressWorld.FIRST;
import static co.stopcovid.progress.ProgressWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.testkit.LearnerStory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReminderSenderTest {
  private static final String START = "2026-11-23T14:00:00Z";

  private final ProgressWorld world = new ProgressWorld(START);
  private final LearnerStory ana =
      LearnerStory.ofSomeone().at(Instant.parse(START)).registers("Acme").starts(FIRST);

  private TriggerReminder reminder(String prompt) {
    return reminder(prompt, 1);
  }

  private TriggerReminder reminder(String prompt, int step) {
    return new TriggerReminder(ana.phone(), ana.instance(2), new PromptSlug(prompt), step);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T17:59:59Z, 0",
    "2026-11-23T18:00:00Z, 1",
    "2026-11-24T18:00:00Z, 1",
    "2026-11-24T18:00:01Z, 0",
    "2026-11-26T13:59:59Z, 0",
    "2026-11-26T14:00:00Z, 1",
    "2026-11-27T14:00:00Z, 1",
    "2026-11-27T14:00:01Z, 0",
  })
  void aPromptIsRemindedOfAfterEachStepAndUpToADayLater(String now, int reminders) {
    world.tell(ana);

    assertThat(world.at(now).remind()).isEqualTo(reminders);
  }

  @Test
  void itIsRemindedOfOnce() {
    world.tell(ana);

    assertThat(world.at("2026-11-23T18:00:00Z").remind()).isEqualTo(1);
    assertThat(world.at("2026-11-23T18:05:00Z").remind()).isZero();
    assertThat(world.newCommands()).containsExactly(reminder("language"));
  }

  @Test
  void eachStepIsTakenOnceAndOneThatWasMissedIsLeftOut() {
    world.tell(ana);

    assertThat(world.at("2026-11-23T18:00:00Z").remind()).isEqualTo(1);
    assertThat(world.at("2026-11-26T14:00:00Z").remind()).isEqualTo(1);
    assertThat(world.at("2026-11-26T14:05:00Z").remind()).isZero();
    assertThat(world.newCommands())
        .containsExactly(reminder("language", 1), reminder("language", 2));
    world.at("2026-11-26T16:00:00Z").tell(ana.at(world.now()).fails("language"));
    assertThat(world.at("2026-11-26T20:00:00Z").remind())
        .as("the same prompt, waiting anew, has had both steps")
        .isZero();
  }

  @Test
  void aDrillThatWasReplacedIsNotRemindedOf() {
    world.tell(ana.after(Duration.ofHours(1)).wantsMore().starts(SECOND));

    assertThat(world.at("2026-11-23T18:30:00Z").remind()).isZero();
    assertThat(world.at("2026-11-23T19:00:00Z").remind()).isEqualTo(1);
    assertThat(world.newCommands())
        .containsExactly(
            new TriggerReminder(ana.phone(), ana.instance(4), new PromptSlug("language")));
  }

  @Test
  void whoIsSilentIsNotReminded() {
    world.tell(ana.after(Duration.ofDays(1)).starts(SECOND));

    assertThat(world.at("2026-11-24T18:00:00Z").remind()).isZero();
    world.tell(ana.after(Duration.ofHours(1)).fails("language"));
    assertThat(world.at("2026-11-24T19:00:00Z").remind()).isEqualTo(1);
  }

  @Test
  void theNextPromptIsRemindedOfAgain() {
    world.tell(ana);
    world.at("2026-11-23T18:00:00Z").remind();
    world.tell(ana.at(world.now()).isReminded("language").answers("language", "name"));

    assertThat(world.at("2026-11-23T21:59:00Z").remind()).isZero();
    assertThat(world.at("2026-11-23T22:00:00Z").remind()).isEqualTo(1);
    assertThat(world.newCommands()).containsExactly(reminder("language"), reminder("name"));
  }

  @Test
  void aWrongAnswerPutsTheReminderOff() {
    world.tell(ana.after(Duration.ofHours(3)).fails("language"));

    assertThat(world.at("2026-11-23T20:59:00Z").remind()).isZero();
    assertThat(world.at("2026-11-23T21:00:00Z").remind()).isEqualTo(1);
  }

  @Test
  void atNightItWaitsForTheMorning() {
    LearnerStory late =
        LearnerStory.ofSomeone().at(Instant.parse("2026-11-23T23:30:00Z")).registers("Acme");
    world.tell(late.starts(FIRST));

    assertThat(world.at("2026-11-24T03:30:00Z").remind()).as("22:30 in New York").isZero();
    assertThat(world.at("2026-11-24T12:59:00Z").remind()).as("07:59").isZero();
    assertThat(world.at("2026-11-24T13:00:00Z").remind()).as("08:00").isEqualTo(1);
  }

  @Test
  void aCrashBetweenAppendingAndRecordingRemindsOnce() {
    world.tell(ana);
    world.at("2026-11-23T18:00:00Z").remind();
    world.store.forgetReminders(Instant.MAX);

    world.remind();
    assertThat(world.newCommands()).hasSize(1);
  }

  @Test
  void manyAreRemindedInOneRun() {
    for (int i = 0; i < 1203; i++) {
      world.tell(LearnerStory.ofSomeone().at(Instant.parse(START)).registers("Acme").starts(FIRST));
    }

    assertThat(world.at("2026-11-23T18:00:00Z").remind()).isEqualTo(1203);
    assertThat(world.newCommands()).hasSize(1203).doesNotHaveDuplicates();
  }
}

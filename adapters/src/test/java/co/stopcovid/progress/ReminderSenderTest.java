package co.stopcovid.progress;

import static co.stopcovid.progress.ProgressWorld.FIRST;
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
    return new TriggerReminder(ana.phone(), ana.instance(2), new PromptSlug(prompt));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T17:59:59Z, 0",
    "2026-11-23T18:00:00Z, 1",
    "2026-11-24T14:00:00Z, 1",
    "2026-11-24T14:00:01Z, 0",
  })
  void aPromptThatWaitedFourToTwentyFourHoursIsRemindedOf(String now, int reminders) {
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

package co.stopcovid.progress;

import static co.stopcovid.progress.ProgressWorld.FIRST;
import static co.stopcovid.progress.ProgressWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.testkit.LearnerStory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Learners who chose days and a time. 23 November 2026 is a Monday. */
class ChosenSessionsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ProgressWorld world = new ProgressWorld("2026-11-23T14:00:00Z");
  private final LearnerStory ana =
      LearnerStory.ofSomeone()
          .at(Instant.parse("2026-11-22T17:00:00Z"))
          .registers("Acme")
          .starts(FIRST)
          .completes();

  private void chooses(String days, String time) {
    world.tell(ana.isGiven(Map.of("schedule_days", given(days), "schedule_time", given(time))));
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Whether a session was started at a time, all that runs by the clock having run. */
  private boolean startsAt(String time) {
    world.at(time);
    world.scheduleChosen();
    return world.startDue() == 1;
  }

  @Test
  void theSessionComesAtTheChosenTimeInTheLearnersZoneOnce() {
    world.isIn(ana, "America/New_York");
    chooses("mon,wed", "09:30");

    assertThat(world.at("2026-11-23T14:14:00Z").scheduleChosen()).as("16 minutes before").isZero();
    assertThat(world.at("2026-11-23T14:15:00Z").scheduleChosen()).isEqualTo(1);
    assertThat(world.pass(MINUTE).scheduleChosen()).as("again").isZero();
    assertThat(startsAt("2026-11-23T14:29:59Z")).isFalse();
    assertThat(startsAt("2026-11-23T14:30:00Z")).isTrue();
    assertThat(world.newCommands()).containsExactly(new StartDrill(ana.phone(), SECOND.slug()));

    world.tell(ana.at(world.now()).starts(SECOND));
    assertThat(startsAt("2026-11-23T14:35:00Z")).isFalse();
    assertThat(startsAt("2026-11-24T14:30:00Z")).as("Tuesday").isFalse();
    assertThat(startsAt("2026-11-25T14:30:00Z")).as("Wednesday").isTrue();
  }

  @Test
  void itIsFreeOfThePauseAfterTheLastWord() {
    world.isIn(ana, "America/New_York");
    chooses("", "09:30");
    world.tell(ana.at(Instant.parse("2026-11-23T13:45:00Z")).wantsMore());

    assertThat(startsAt("2026-11-23T14:30:00Z")).isTrue();
  }

  @Test
  void theDailyRunLeavesThemAlone() {
    chooses("", "09:30");
    assertThat(world.at("2026-11-23T17:05:00Z").scheduleNextDrills()).isZero();
    chooses("mon", "");
    assertThat(world.scheduleNextDrills()).as("days alone, today").isEqualTo(1);
    world.schedule.settle(world.scheduled());
    assertThat(world.at("2026-11-24T17:05:00Z").scheduleNextDrills()).isZero();
  }

  @Test
  void whatIsMissedIsMadeUpForWithinTheWindowAndNotInTheEvening() {
    world.isIn(ana, "America/New_York");
    chooses("", "20:00");

    assertThat(startsAt("2026-11-24T01:30:00Z")).as("20:30").isTrue();
    world.tell(ana.at(world.now()).starts(SECOND));
    assertThat(startsAt("2026-11-25T02:00:00Z")).as("21:00").isFalse();
    assertThat(startsAt("2026-11-25T13:00:00Z")).as("08:00").isFalse();
    assertThat(startsAt("2026-11-26T01:00:00Z")).as("20:00").isTrue();
  }

  @Test
  void aLaterTimeChosenAfterBeingScheduledPutsTheSessionOff() {
    world.isIn(ana, "UTC");
    chooses("", "15:00");
    assertThat(world.at("2026-11-23T14:50:00Z").scheduleChosen()).isEqualTo(1);
    chooses("", "19:00");

    assertThat(startsAt("2026-11-23T15:00:00Z")).isFalse();
    assertThat(startsAt("2026-11-23T18:59:00Z")).isFalse();
    assertThat(startsAt("2026-11-23T19:00:00Z")).isTrue();
    world.tell(ana.at(world.now()).starts(SECOND));
    assertThat(startsAt("2026-11-23T19:05:00Z")).isFalse();
    assertThat(startsAt("2026-11-24T15:00:00Z")).isFalse();
    assertThat(startsAt("2026-11-24T19:00:00Z")).isTrue();
  }

  @Test
  void anEarlierTimeChosenAfterBeingScheduledCountsAtOnce() {
    world.isIn(ana, "UTC");
    chooses("", "15:00");
    assertThat(world.at("2026-11-23T14:50:00Z").scheduleChosen()).isEqualTo(1);
    chooses("", "14:00");

    assertThat(startsAt("2026-11-23T15:00:00Z")).isTrue();
  }

  @Test
  void aTimeChosenAfterTheDailyRunCountsFromThenOn() {
    world.isIn(ana, "UTC");
    world.tell(ana);
    assertThat(world.at("2026-11-23T17:05:00Z").scheduleNextDrills()).isEqualTo(1);
    chooses("", "20:20");

    assertThat(startsAt("2026-11-23T20:04:00Z")).as("in the day's window").isFalse();
    assertThat(startsAt("2026-11-23T20:19:00Z")).isFalse();
    assertThat(startsAt("2026-11-23T20:20:00Z")).isTrue();
  }

  @Test
  void otherDaysOrAnotherZoneChosenAfterBeingScheduledCount() {
    world.isIn(ana, "UTC");
    chooses("", "15:00");
    assertThat(world.at("2026-11-23T14:50:00Z").scheduleChosen()).isEqualTo(1);
    chooses("tue", "15:00");
    assertThat(startsAt("2026-11-23T15:00:00Z")).as("not on Mondays").isFalse();
    assertThat(world.at("2026-11-24T14:50:00Z").scheduleChosen()).isEqualTo(1);

    world.tell(ana.isGiven(Map.of("time_zone", Optional.of("America/New_York"))));
    assertThat(startsAt("2026-11-24T15:00:00Z")).as("ten o'clock there").isFalse();
    assertThat(startsAt("2026-11-24T20:00:00Z")).isTrue();
  }

  @Test
  void whoIsSilentGetsOneAWeekAndThenNone() {
    world.isIn(ana, "UTC");
    chooses("", "15:00");
    int sessions = 0;
    for (int day = 0; day < 90; day++) {
      Instant time = Instant.parse("2026-11-23T15:00:00Z").plus(Duration.ofDays(day));
      if (startsAt(time.toString())) {
        sessions++;
        world.tell(ana.at(time).starts(SECOND));
        assertThat(day).isIn(0, 1, 8, 15, 22, 29);
      }
    }
    assertThat(sessions).isEqualTo(6);
  }
}

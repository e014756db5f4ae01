package co.stopcovid.standalone.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.ProgressSettings;
import co.stopcovid.standalone.workers.DialogWorker;
import co.stopcovid.standalone.workers.ProgressFixture;
import co.stopcovid.testkit.LearnerStory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulesTest {
  private final ProgressFixture world = new ProgressFixture().at("2026-11-22T12:00:00Z");
  private final LearnerStory ana = LearnerStory.ofSomeone();
  private final AtomicInteger fencedOff = new AtomicInteger();
  private final List<Schedules> started = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(Schedules::close);
    world.close();
  }

  private Schedules start(Fence fence) {
    return start(fence, ScheduleSettings.DEFAULT);
  }

  private Schedules start(Fence fence, ScheduleSettings settings) {
    var schedules =
        Schedules.start(
            world.side(fence),
            world.log,
            world.database,
            fence,
            world.connections,
            settings,
            world,
            fencedOff::incrementAndGet);
    started.add(schedules);
    return schedules;
  }

  /** Ana has begun the first drill at noon and asked for nothing since. */
  private void anaIsInTheFirstDrill() {
    world.tell(
        ana.at(world.instant())
            .registers("Acme")
            .after(Duration.ofSeconds(1))
            .starts(ProgressFixture.FIRST));
    ProgressFixture.workAll(world.worker());
  }

  private StartDrill second() {
    return second(StartCause.SCHEDULED);
  }

  private StartDrill second(StartCause cause) {
    return new StartDrill(ana.phone(), new DrillSlug("02-second"), cause);
  }

  private List<DialogCommand> newCommands(Class<? extends DialogCommand> type) {
    return world.commands().stream().filter(type::isInstance).toList();
  }

  private Instant next(String task) {
    String sql = "select execution_time from scheduled_tasks where task_name = ? and not picked";
    return world.database.read(
        handle -> handle.createQuery(sql).bind(0, task).mapTo(Instant.class).one());
  }

  @Test
  void theNextDayBringsTheNextDrillOnceAtSomeMinuteOfTheWindow() throws InterruptedException {
    anaIsInTheFirstDrill();
    Schedules schedules = start(Fence.NONE);
    schedules.runDue();
    assertThat(next("next-drills")).isEqualTo("2026-11-22T17:05:00Z");

    world.at("2026-11-22T17:05:00Z");
    schedules.runDue();
    world.at("2026-11-22T20:04:30Z");
    schedules.runDue();
    assertThat(newCommands(StartDrill.class)).doesNotContain(second());

    world.at("2026-11-23T17:05:00Z");
    schedules.runDue();
    assertThat(next("next-drills")).isEqualTo("2026-11-24T17:05:00Z");
    world.at("2026-11-23T20:04:30Z");
    schedules.runDue();
    world.at("2026-11-23T20:04:50Z");
    schedules.runDue();

    assertThat(newCommands(StartDrill.class)).containsOnlyOnce(second());
  }

  @Test
  void whoChoseATimeGetsTheNextDrillThenAndNotInTheDaysWindow() throws InterruptedException {
    anaIsInTheFirstDrill();
    world.tell(ana.isGiven(Map.of("schedule_time", Optional.of("15:30"))));
    ProgressFixture.workAll(world.worker());
    Schedules schedules = start(Fence.NONE);

    world.at("2026-11-23T15:20:00Z");
    schedules.runDue();
    assertThat(newCommands(StartDrill.class)).doesNotContain(second());
    world.at("2026-11-23T15:30:00Z");
    schedules.runDue();
    world.at("2026-11-23T15:30:30Z");
    schedules.runDue();
    assertThat(newCommands(StartDrill.class)).containsOnlyOnce(second());
  }

  @Test
  void aLearnerWhoCannotBeReadKeepsNobodyFromTheDaysDrill() throws InterruptedException {
    LearnerStory ben = LearnerStory.ofSomeone();
    world.tell(
        ben.at(world.instant())
            .registers("Acme")
            .after(Duration.ofSeconds(1))
            .starts(ProgressFixture.FIRST));
    anaIsInTheFirstDrill();
    Schedules schedules = start(Fence.NONE);
    schedules.runDue();
    world.at("2026-11-23T17:05:00Z");
    schedules.runDue();
    world.execute(
        "update users set profile = '{}' where user_id = '%s'"
            .formatted(LearnerId.of(ben.phone())));
    world.at("2026-11-23T20:04:50Z");
    schedules.runDue();

    assertThat(newCommands(StartDrill.class)).containsOnlyOnce(second());
    assertThat(schedules.failing()).isEmpty();
  }

  @Test
  void aTaskThatFailsAgainAndAgainIsNamedUntilItRuns() throws InterruptedException {
    anaIsInTheFirstDrill();
    Schedules schedules = start(Fence.NONE);
    schedules.runDue();
    world.execute("alter table prompt_reminders rename to away");
    for (int i = 1; i <= 3; i++) {
      assertThat(schedules.failing()).isEmpty();
      world.at("2026-11-22T1%d:00:00Z".formatted(3 + i));
      schedules.runDue();
    }
    assertThat(schedules.failing()).containsExactly("reminders");

    world.execute("alter table away rename to prompt_reminders");
    world.at("2026-11-22T17:00:00Z");
    schedules.runDue();
    assertThat(schedules.failing()).isEmpty();
  }

  /** What is due is what the learner has just asked for; both would be one drill begun twice. */
  @Test
  void aDrillThatProgressDoesNotYetKnowOfIsNotStartedAgain() throws InterruptedException {
    anaIsInTheFirstDrill();
    Schedules schedules = start(Fence.NONE);
    schedules.runDue();
    world.at("2026-11-23T17:05:00Z");
    schedules.runDue();
    world.at("2026-11-23T20:04:30Z");
    world.tell(ana.at(world.instant()).wantsMore());

    schedules.runDue();
    assertThat(newCommands(StartDrill.class)).doesNotContain(second());

    ProgressFixture.workAll(world.worker());
    world.tell(ana.after(Duration.ofSeconds(1)).starts(ProgressFixture.SECOND));
    ProgressFixture.workAll(world.worker());
    world.at("2026-11-23T20:04:59Z");
    schedules.runDue();
    assertThat(newCommands(StartDrill.class))
        .containsOnlyOnce(second(StartCause.REQUESTED))
        .doesNotContain(second());
  }

  /** It may be the wish for that very drill. */
  @Test
  void whileAMessageIsNotDecidedOnNoDrillIsStarted() throws InterruptedException {
    anaIsInTheFirstDrill();
    Schedules schedules = start(Fence.NONE);
    schedules.runDue();
    world.at("2026-11-23T17:05:00Z");
    schedules.runDue();
    world.at("2026-11-23T20:04:30Z");
    world.log.append(List.of(new NewCommand(new ReceiveSms(ana.phone(), "more"))));

    schedules.runDue();
    assertThat(newCommands(StartDrill.class)).doesNotContain(second());

    world.at("2026-11-23T20:04:45Z");
    schedules.runDue();
    assertThat(newCommands(StartDrill.class)).containsOnlyOnce(second());
  }

  @Test
  void aPromptThatWaitsIsRemindedOfOnce() throws InterruptedException {
    anaIsInTheFirstDrill();
    Schedules schedules = start(Fence.NONE);
    world.at("2026-11-22T15:59:00Z");
    schedules.runDue();
    assertThat(newCommands(TriggerReminder.class)).isEmpty();

    world.at("2026-11-22T16:04:30Z");
    schedules.runDue();
    world.at("2026-11-22T16:10:00Z");
    schedules.runDue();

    assertThat(newCommands(TriggerReminder.class)).hasSize(1);
  }

  @Test
  void aDayWhoseWindowIsOverIsLeftOutAndALateRunWithinItIsNot() throws InterruptedException {
    anaIsInTheFirstDrill();
    Schedules first = start(Fence.NONE);
    first.runDue();
    first.close();

    world.at("2026-11-23T20:30:00Z");
    Schedules tooLate = start(Fence.NONE);
    tooLate.runDue();
    assertThat(world.execute("delete from drill_schedule")).isZero();
    assertThat(next("next-drills")).isEqualTo("2026-11-24T17:05:00Z");
    tooLate.close();

    world.at("2026-11-24T19:30:00Z");
    start(Fence.NONE).runDue();
    assertThat(world.execute("delete from drill_schedule where day = '2026-11-24'")).isEqualTo(1);
  }

  @Test
  void aLateRunAfterMidnightIsStillOfTheDayBefore() throws InterruptedException {
    anaIsInTheFirstDrill();
    ScheduleSettings late = at(LocalTime.of(23, 0));
    start(Fence.NONE, late).runDue();

    world.at("2026-11-24T00:10:00Z");
    start(Fence.NONE, late).runDue();

    assertThat(world.execute("delete from drill_schedule where day = '2026-11-23'")).isEqualTo(1);
  }

  private static ScheduleSettings at(LocalTime dailyTime) {
    ScheduleSettings d = ScheduleSettings.DEFAULT;
    return new ScheduleSettings(
        dailyTime,
        d.initiatorInterval(),
        d.reminderInterval(),
        d.repairInterval(),
        d.housekeepingInterval(),
        d.keepCommands(),
        d.hours(),
        d.zone(),
        ProgressSettings.DEFAULT);
  }

  @Test
  void anotherDailyTimeHoldsFromTheNextStartOn() throws InterruptedException {
    start(Fence.NONE).close();
    start(Fence.NONE, at(LocalTime.of(15, 30)));

    assertThat(next("next-drills")).isEqualTo("2026-11-22T15:30:00Z");
  }

  @Test
  void whatAnEarlierProcessWasAtIsTakenOver() throws InterruptedException {
    Schedules first = start(Fence.NONE);
    first.runDue();
    first.close();
    world.execute(
        """
        update scheduled_tasks set picked = true, picked_by = 'gone', last_heartbeat = now(),
          execution_time = '2026-11-22T17:05:00Z' where task_name = 'next-drills'
        """);
    world.at("2026-11-22T17:06:00Z");

    start(Fence.NONE).runDue();

    assertThat(next("next-drills")).isEqualTo("2026-11-23T17:05:00Z");
  }

  @Test
  void whoWasTakenOverFromChangesNothingAndLeavesTheTaskDue() throws InterruptedException {
    anaIsInTheFirstDrill();
    Lease old = Lease.take(world.database, "work", "old", Duration.ZERO).orElseThrow();
    Schedules stale = start(old);
    stale.runDue();
    Lease lease = Lease.take(world.database, "work", "new", Duration.ofMinutes(1)).orElseThrow();

    world.at("2026-11-23T17:05:00Z");
    stale.runDue();
    assertThat(fencedOff).hasPositiveValue();
    stale.close();
    assertThat(world.execute("delete from drill_schedule")).isZero();
    assertThat(next("next-drills")).isEqualTo("2026-11-22T17:05:00Z");

    start(lease).runDue();
    assertThat(world.execute("delete from drill_schedule")).isEqualTo(1);
    assertThat(next("next-drills")).isEqualTo("2026-11-24T17:05:00Z");
  }

  @Test
  void aTaskThatFailedIsTriedAgainSoon() throws InterruptedException {
    anaIsInTheFirstDrill();
    Schedules schedules = start(Fence.NONE);
    schedules.runDue();
    world.execute("alter table drill_schedule rename to gone");
    world.at("2026-11-23T17:05:00Z");
    schedules.runDue();
    assertThat(next("next-drills")).isEqualTo("2026-11-23T17:05:05Z");

    world.execute("alter table gone rename to drill_schedule");
    world.at("2026-11-23T17:05:05Z");
    schedules.runDue();

    assertThat(world.execute("delete from drill_schedule")).isEqualTo(1);
    assertThat(next("next-drills")).isEqualTo("2026-11-24T17:05:00Z");
  }

  @Test
  void aLearnerWhoseHistoryIsWholeAgainCatchesUp() throws InterruptedException {
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    String lost = world.lose(ana.phone(), 1);
    ProgressFixture.workAll(world.worker());
    world.execute(lost);

    start(Fence.NONE).runDue();

    assertThat(world.version(ana)).isEqualTo(2);
    assertThat(world.letters()).isEmpty();
  }

  @Test
  void oldCommandsThatWereHandledAreForgotten() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      world.log.append(List.of(new NewCommand(second())));
    }
    world.execute("update commands set accepted_time = now() - interval '31 days'");
    new PostgresCheckpoints(world.database).save(DialogWorker.CONSUMER, 2);

    start(Fence.NONE).runDue();

    assertThat(world.execute("delete from commands where position <= 2")).isZero();
    assertThat(world.execute("delete from commands")).isEqualTo(1);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    ScheduleSettings d = ScheduleSettings.DEFAULT;
    assertThatThrownBy(
            () ->
                new ScheduleSettings(
                    d.dailyTime(),
                    Duration.ZERO,
                    d.reminderInterval(),
                    d.repairInterval(),
                    d.housekeepingInterval(),
                    d.keepCommands(),
                    d.hours(),
                    d.zone(),
                    d.progress()))
        .hasMessageContaining("initiator");
    assertThatThrownBy(
            () ->
                new ScheduleSettings(
                    d.dailyTime(),
                    d.initiatorInterval(),
                    d.reminderInterval(),
                    d.repairInterval(),
                    d.housekeepingInterval(),
                    Duration.ofHours(1),
                    d.hours(),
                    d.zone(),
                    d.progress()))
        .hasMessageContaining("commands");
  }
}

package co.stopcovid.progress;

import static co.stopcovid.progress.ProgressWorld.FIRST;
import static co.stopcovid.progress.ProgressWorld.SECOND;
import static co.stopcovid.progress.ProgressWorld.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryDrillSchedule;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.testkit.LearnerStory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrillInitiatorTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ProgressWorld world = new ProgressWorld("2026-11-23T17:05:00Z");
  private final LearnerStory ana =
      LearnerStory.ofSomeone().at(Instant.parse("2026-11-22T17:00:00Z"));

  private static StartDrill start(LearnerStory story, DrillVersion drill) {
    return new StartDrill(story.phone(), drill.slug());
  }

  private static StartDrill start(LearnerStory story, DrillVersion drill, StartCause cause) {
    return new StartDrill(story.phone(), drill.slug(), cause);
  }

  // On demand.

  @Test
  void registeringStartsTheFirstDrill() {
    world.tell(ana.registers("Acme"));

    assertThat(world.startRequested(ana.batches())).isEqualTo(1);
    assertThat(world.newCommands()).containsExactly(start(ana, FIRST, StartCause.REGISTERED));
  }

  @Test
  void askingForMoreStartsTheNextDrill() {
    world.tell(ana.registers("Acme").starts(FIRST).completes().wantsMore());

    world.startRequested(ana.batches());
    assertThat(world.newCommands()).containsExactly(start(ana, SECOND, StartCause.REQUESTED));
  }

  @Test
  void registeringAnewStartsTheFirstDrillAgain() {
    ana.registers(true, Map.of()).starts(FIRST).completes().starts(SECOND);
    world.tell(ana.registers(true, Map.of()));

    world.startRequested(ana.batches());
    assertThat(world.newCommands()).containsExactly(start(ana, FIRST, StartCause.REGISTERED));
  }

  @Test
  void itIsAReplySoTheHourDoesNotMatter() {
    world.at("2026-11-23T06:00:00Z").tell(ana.registers("Acme"));

    world.startRequested(ana.batches());
    assertThat(world.newCommands()).hasSize(1);
  }

  @Test
  void whoHasFinishedAndAsksForMoreIsToldSo() {
    world.publish(FIRST);
    world.tell(ana.registers("Acme").starts(FIRST).completes().wantsMore());

    assertThat(world.startRequested(ana.batches())).isEqualTo(1);
    assertThat(world.newCommands())
        .containsExactly(
            new SendAdHocMessage(ana.phone(), new AdHocText.Label("no_more_drills"), true, null));
  }

  @Test
  void whoRegistersWhereThereIsNoDrillGetsNothing() {
    world.publish();
    world.tell(ana.registers("Acme"));

    assertThat(world.startRequested(ana.batches())).isZero();
  }

  @Test
  void anUnpublishedDrillIsNotStarted() {
    world.tell(ana.registers("Acme").starts(FIRST).completes().wantsMore());
    world.publish(FIRST, THIRD);

    world.startRequested(ana.batches());
    assertThat(world.newCommands()).containsExactly(start(ana, THIRD, StartCause.REQUESTED));
  }

  @Test
  void theSameRequestStartsOneDrill() {
    world.tell(ana.registers("Acme"));
    world.startRequested(ana.batches());
    world.startRequested(ana.batches());
    assertThat(world.newCommands()).hasSize(1);

    world.tell(ana.after(MINUTE).starts(FIRST).completes());
    world.startRequested(ana.batches().subList(0, 1));
    assertThat(world.newCommands()).as("repeated when it was answered long ago").isEmpty();

    world.tell(ana.wantsMore());
    world.startRequested(ana.batches());
    assertThat(world.newCommands()).containsExactly(start(ana, SECOND, StartCause.REQUESTED));
    world.tell(ana.after(MINUTE).starts(SECOND).completes().after(MINUTE).wantsMore());
    world.startRequested(ana.batches().subList(ana.batches().size() - 1, ana.batches().size()));
    assertThat(world.newCommands())
        .as("another request")
        .containsExactly(start(ana, THIRD, StartCause.REQUESTED));
  }

  @Test
  void whoOptedOutAfterAskingGetsNothing() {
    world.tell(ana.registers("Acme").optsOut());

    assertThat(world.startRequested(ana.batches())).isZero();
  }

  @Test
  void eachNumberOfALearnerIsAnsweredOnItself() {
    LearnerStory second = LearnerStory.ofSomeone().at(ana.time());
    world.tell(ana.registers("Acme").starts(FIRST).completes());
    world.store.link(LearnerId.of(ana.phone()), second.phone());
    world.tell(second.registers("Acme"));

    world.startRequested(second.batches());
    assertThat(world.newCommands()).containsExactly(start(second, FIRST, StartCause.REGISTERED));
  }

  // On schedule.

  private ScheduledDrill scheduled(DrillVersion drill, Instant due) {
    var scheduled =
        new ScheduledDrill(
            LearnerId.of(ana.phone()),
            LocalDate.parse("2026-11-23"),
            drill.slug(),
            due,
            Instant.parse("2026-11-23T20:05:00Z"));
    world.schedule.add(List.of(scheduled));
    return scheduled;
  }

  @Test
  void aScheduledDrillIsStartedWhenItIsDueAndOnce() {
    world.tell(ana.registers("Acme").starts(FIRST).completes());
    scheduled(SECOND, world.now().plus(HOUR));

    assertThat(world.startDue()).isZero();
    assertThat(world.pass(HOUR).startDue()).isEqualTo(1);
    assertThat(world.startDue()).isZero();
    assertThat(world.pass(HOUR).startDue()).isZero();
    assertThat(world.newCommands()).containsExactly(start(ana, SECOND));
  }

  @Test
  void aCrashBetweenAppendingAndSettlingStartsNothingTwice() {
    world.tell(ana.registers("Acme").starts(FIRST).completes());
    scheduled(SECOND, world.now());
    world.schedule.claim(world.now(), MINUTE, 10);
    world.pass(MINUTE).startDue();
    assertThat(world.newCommands()).hasSize(1);

    // As if the first attempt had not come as far as settling.
    var fresh = new InMemoryDrillSchedule();
    fresh.add(
        List.of(
            new ScheduledDrill(
                LearnerId.of(ana.phone()),
                LocalDate.parse("2026-11-23"),
                SECOND.slug(),
                world.now(),
                Instant.parse("2026-11-23T20:05:00Z"))));
    new DrillInitiator(
            world.store,
            fresh,
            world.commands,
            ProgressWorld.publishing(FIRST, SECOND, THIRD),
            world.hours(),
            ProgressSettings.DEFAULT,
            world::now)
        .startDue();
    assertThat(world.newCommands()).isEmpty();
  }

  @Test
  void whoHadASessionThatDayMeanwhileGetsNoOther() {
    world.tell(ana.registers("Acme").starts(FIRST).completes());
    scheduled(SECOND, world.now().plus(HOUR));
    world.tell(ana.at(world.now()).starts(FIRST));

    assertThat(world.pass(HOUR).startDue()).isZero();
    assertThat(world.scheduled()).as("dropped").isEmpty();
  }

  @Test
  void aStaleDrillIsDroppedBecauseTheNextOneIsAnother() {
    world.tell(ana.registers("Acme").starts(FIRST).completes());
    scheduled(SECOND, world.now().plus(HOUR));
    world.tell(ana.at(world.now()).wantsMore().starts(SECOND).completes());

    assertThat(world.pass(HOUR).startDue()).isZero();
    assertThat(world.scheduled()).isEmpty();
  }

  @Test
  void aStaleDrillIsDroppedBecauseTheWindowIsOver() {
    world.tell(ana.registers("Acme").starts(FIRST).completes());
    scheduled(SECOND, world.now().plus(HOUR));

    assertThat(world.at("2026-11-23T20:05:00Z").startDue()).isZero();
    assertThat(world.scheduled()).isEmpty();
    assertThat(world.newCommands()).isEmpty();
  }

  @Test
  void whoOptedOutMeanwhileIsDropped() {
    world.tell(ana.registers("Acme").starts(FIRST).completes());
    scheduled(SECOND, world.now());
    world.tell(ana.optsOut());

    assertThat(world.startDue()).isZero();
    assertThat(world.scheduled()).isEmpty();
  }

  @Test
  void atNightNothingIsStarted() {
    world.isIn(ana, "Africa/Johannesburg");
    world.tell(ana.registers("Acme").starts(FIRST).completes());
    scheduled(SECOND, Instant.parse("2026-11-23T18:59:00Z"));

    assertThat(world.at("2026-11-23T19:00:00Z").startDue()).as("it came too late").isZero();
    assertThat(world.at("2026-11-23T20:05:00Z").startDue()).isZero();
    assertThat(world.newCommands()).isEmpty();
  }

  @Test
  void whoIsInTheMiddleOfADrillIsNotInterrupted() {
    world.tell(ana.registers("Acme").starts(FIRST));
    scheduled(SECOND, world.now());
    world.tell(ana.at(world.now().minus(MINUTE)).answers("language", "name"));

    assertThat(world.startDue()).isZero();
    assertThat(world.pass(Duration.ofMinutes(15)).startDue()).isZero();
    assertThat(world.pass(Duration.ofMinutes(15)).startDue()).as("gave up").isEqualTo(1);
    assertThat(world.newCommands()).containsExactly(start(ana, SECOND));
  }

  @Test
  void manyAreStartedInOneRun() {
    for (int i = 0; i < 1203; i++) {
      LearnerStory learner = LearnerStory.ofSomeone().at(ana.time()).registers("Acme");
      world.tell(learner.starts(FIRST).completes());
    }
    assertThat(world.scheduleNextDrills()).isEqualTo(1203);

    assertThat(world.at("2026-11-23T20:04:30Z").startDue()).isEqualTo(1203);
    assertThat(world.newCommands()).hasSize(1203).doesNotHaveDuplicates();
  }
}

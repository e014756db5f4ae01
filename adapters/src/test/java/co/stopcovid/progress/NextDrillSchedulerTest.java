package co.stopcovid.progress;

import static co.stopcovid.progress.ProgressWorld.FIRST;
import static co.stopcovid.progress.ProgressWorld.SECOND;
import static co.stopcovid.progress.ProgressWorld.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.LearnerStory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextDrillSchedulerTest {
  private static final String RUN = "2026-11-23T17:05:00Z";

  private final ProgressWorld world = new ProgressWorld(RUN);

  /** A learner who completed the first drill the day before. */
  private static LearnerStory learner() {
    return LearnerStory.ofSomeone()
        .at(Instant.parse("2026-11-22T17:00:00Z"))
        .registers("Acme")
        .starts(FIRST)
        .completes();
  }

  @Test
  void theInactiveGetTheirNextDrillWithinTheWindow() {
    List<LearnerStory> learners = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      learners.add(learner());
    }
    world.tell(learners.toArray(LearnerStory[]::new));

    assertThat(world.scheduleNextDrills()).isEqualTo(300);

    Instant end = world.now().plus(Duration.ofHours(3));
    Set<Instant> times = new HashSet<>();
    for (ScheduledDrill scheduled : world.scheduled()) {
      assertThat(scheduled.drill()).isEqualTo(SECOND.slug());
      assertThat(scheduled.due()).isBetween(world.now(), end.minusSeconds(60));
      assertThat(scheduled.windowEnd()).isEqualTo(end);
      times.add(scheduled.due());
    }
    assertThat(times).as("spread over the window").hasSizeGreaterThan(100);
  }

  @Test
  void theTimeIsTheSameForTheSameLearnerAndDayButNotForAnother() {
    LearnerStory ana = learner();
    world.tell(ana);
    world.scheduleNextDrills();
    Instant first = world.scheduled().getFirst().due();
    var again = new ProgressWorld(RUN);
    again.tell(ana);
    again.scheduleNextDrills();
    assertThat(again.scheduled().getFirst().due()).isEqualTo(first);

    Set<Duration> offsets = new HashSet<>();
    for (int day = 10; day < 20; day++) {
      var other = new ProgressWorld("2026-12-%dT17:05:00Z".formatted(day));
      other.tell(ana);
      other.scheduleNextDrills();
      offsets.add(Duration.between(other.now(), other.scheduled().getFirst().due()));
    }
    assertThat(offsets).hasSizeGreaterThan(5);
  }

  @Test
  void runningAgainChangesNothing() {
    world.tell(learner(), learner());
    assertThat(world.scheduleNextDrills()).isEqualTo(2);
    List<ScheduledDrill> before = world.scheduled();

    assertThat(world.pass(Duration.ofMinutes(20)).scheduleNextDrills()).isZero();
    assertThat(world.scheduled()).isEqualTo(before);
    world.schedule.settle(before);
    assertThat(world.scheduleNextDrills()).as("after they were started").isZero();
    assertThat(world.at("2026-11-24T17:05:00Z").scheduleNextDrills()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T05:05:00Z, 1",
    "2026-11-23T05:05:00.001Z, 0",
  })
  void inactiveIsWhoWasNotHeardOfFor720Minutes(Instant last, int scheduled) {
    world.tell(learner().at(last).wantsMore());

    assertThat(world.scheduleNextDrills()).isEqualTo(scheduled);
  }

  @Test
  void whoHasStartedNothingOrFinishedOrOptedOutIsNotScheduled() {
    world.tell(
        LearnerStory.ofSomeone().registers("Acme"),
        learner().starts(SECOND).completes().starts(THIRD).completes(),
        learner().optsOut());

    assertThat(world.scheduleNextDrills()).isZero();
  }

  @Test
  void anUnpublishedDrillIsNotScheduled() {
    world.tell(learner());
    world.publish(FIRST, THIRD);
    world.scheduleNextDrills();

    assertThat(world.scheduled()).extracting(ScheduledDrill::drill).containsExactly(THIRD.slug());
  }

  @Test
  void aNewDrillReachesWhoHadFinished() {
    world.publish(FIRST);
    world.tell(learner());
    assertThat(world.scheduleNextDrills()).isZero();

    assertThat(Course.reachLearners(ProgressWorld.publishing(FIRST, SECOND), world.store)).isTrue();
    assertThat(Course.reachLearners(ProgressWorld.publishing(FIRST, SECOND), world.store))
        .isFalse();
    world.publish(FIRST, SECOND);

    assertThat(world.scheduleNextDrills()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    // All of the window is in the day.
    "America/New_York,    2026-11-23T17:05:00Z, 2026-11-23T20:04:00Z",
    // The day begins at 08:00 or ends at 21:00 within it.
    "Pacific/Honolulu,    2026-11-23T18:00:00Z, 2026-11-23T20:04:00Z",
    "Africa/Johannesburg, 2026-11-23T17:05:00Z, 2026-11-23T18:59:00Z",
    // It is night all the time: the next morning.
    "Asia/Kolkata,        2026-11-24T02:30:00Z, 2026-11-24T05:29:00Z",
    "Asia/Tokyo,          2026-11-23T23:00:00Z, 2026-11-24T01:59:00Z",
  })
  void theDrillComesInTheLearnersDay(String zone, Instant earliest, Instant latest) {
    for (int i = 0; i < 60; i++) {
      LearnerStory learner = learner();
      world.isIn(learner, zone);
      world.tell(learner);
    }
    world.scheduleNextDrills();

    assertThat(world.scheduled())
        .hasSize(60)
        .allSatisfy(it -> assertThat(it.due()).isBetween(earliest, latest));
  }

  @Test
  void theClocksMayChangeInTheNightBetween() {
    // On 8 March 2026 clocks in New York go from 02:00 to 03:00: eight o'clock is at 12:00 UTC.
    var spring = new ProgressWorld("2026-03-08T02:00:00Z");
    LearnerStory learner =
        LearnerStory.ofSomeone()
            .at(Instant.parse("2026-03-07T02:00:00Z"))
            .registers("Acme")
            .starts(FIRST);
    spring.isIn(learner, "America/New_York");
    spring.tell(learner);
    spring.scheduleNextDrills();

    assertThat(spring.scheduled().getFirst().windowEnd())
        .isEqualTo(Instant.parse("2026-03-08T15:00:00Z"));
  }

  @Test
  void ofSeveralZonesAllMustBeAwake() {
    for (int i = 0; i < 60; i++) {
      LearnerStory learner = learner();
      world.isIn(learner, "Pacific/Honolulu", "Africa/Johannesburg");
      world.tell(learner);
    }
    world.scheduleNextDrills();

    assertThat(world.scheduled())
        .allSatisfy(
            it ->
                assertThat(it.due())
                    .isBetween(
                        Instant.parse("2026-11-23T18:00:00Z"),
                        Instant.parse("2026-11-23T18:59:00Z")));
  }
}

package co.stopcovid.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressRulesTest {
  private static final DrillVersion FIRST = Samples.drill("01-first");
  private static final DrillVersion SECOND = Samples.drill("02-second");
  private static final DrillVersion THIRD = Samples.drill("03-third");
  private static final List<DrillSlug> COURSE = List.of(FIRST.slug(), SECOND.slug(), THIRD.slug());
  private static final Set<DrillSlug> ALL = Set.copyOf(COURSE);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant NOON = Samples.NOON;

  private final LearnerStory ana = LearnerStory.ofSomeone();

  private static LearnerProgress after(LearnerStory story) {
    return after(story, COURSE);
  }

  private static LearnerProgress after(LearnerStory story, List<DrillSlug> course) {
    LearnerProgress progress =
        LearnerProgress.enrolled(
            LearnerNumbers.single(story.phone()), course, story.batches().getFirst());
    for (var batch : story.batches()) {
      progress = ProgressRules.apply(progress, batch);
    }
    return progress;
  }

  private static DrillStatus status(LearnerProgress progress, DrillVersion drill) {
    return progress.status(drill.slug()).orElseThrow();
  }

  private static DrillInstance instance(LearnerProgress progress, UUID id) {
    return progress.instance(id).orElseThrow();
  }

  @Test
  void aNewLearnerHasAPrimaryNumberAndOneStatusPerDrillInSlugOrder() {
    LearnerProgress progress = after(ana.failsToRegister());

    assertThat(progress.phones())
        .singleElement()
        .satisfies(
            phone -> {
              assertThat(phone.phone()).isEqualTo(ana.phone());
              assertThat(phone.primary()).isTrue();
              assertThat(phone.version()).isEqualTo(1);
              assertThat(phone.seq()).isEqualTo(ana.last().seq());
            });
    assertThat(progress.statuses())
        .containsExactly(
            DrillStatus.notStarted(FIRST.slug(), 0),
            DrillStatus.notStarted(SECOND.slug(), 1),
            DrillStatus.notStarted(THIRD.slug(), 2));
    assertThat(progress.instances()).isEmpty();
    assertThat(progress.reachableAt()).isEmpty();
  }

  @Test
  void startingADrillMarksItAndAddsAnInstance() {
    LearnerProgress progress = after(ana.registers("Acme").after(HOUR).starts(FIRST));

    UUID id = ana.instance(2);
    assertThat(status(progress, FIRST))
        .isEqualTo(new DrillStatus(FIRST.slug(), 0, id, ana.time(), null));
    assertThat(progress.instances())
        .containsExactly(
            new DrillInstance(
                id,
                ana.phone(),
                FIRST.slug(),
                new PromptSlug("language"),
                ana.time(),
                null,
                null,
                true));
  }

  @Test
  void anAnswerSetsTheTimeOfTheLastResponse() {
    ana.registers("Acme").starts(FIRST).answers("language", "name").after(HOUR).fails("name");

    DrillInstance instance = instance(after(ana), ana.instance(2));
    assertThat(instance.prompt()).isEqualTo(new PromptSlug("name"));
    assertThat(instance.promptStartTime()).isEqualTo(NOON);
    assertThat(instance.lastResponseTime()).isEqualTo(ana.time());
    assertThat(instance.waitingSince()).isEqualTo(ana.time());
  }

  @Test
  void theNextPromptHasNoResponseYet() {
    ana.registers("Acme").starts(FIRST).fails("language").after(HOUR).abandons("language", "name");

    DrillInstance instance = instance(after(ana), ana.instance(2));
    assertThat(instance.prompt()).isEqualTo(new PromptSlug("name"));
    assertThat(instance.promptStartTime()).isEqualTo(ana.time());
    assertThat(instance.lastResponseTime()).isNull();
    assertThat(instance.isWaiting()).isTrue();
  }

  @Test
  void completingADrillMarksStatusAndInstance() {
    LearnerProgress progress = after(ana.registers("Acme").starts(FIRST).after(HOUR).completes());

    assertThat(status(progress, FIRST))
        .isEqualTo(new DrillStatus(FIRST.slug(), 0, ana.instance(2), NOON, ana.time()));
    assertThat(instance(progress, ana.instance(2)).completionTime()).isEqualTo(ana.time());
    assertThat(instance(progress, ana.instance(2)).isWaiting()).isFalse();
    assertThat(status(progress, SECOND).isStarted()).isFalse();
  }

  @Test
  void optingOutOfADrillUnmarksItAndInvalidatesTheInstance() {
    LearnerProgress progress =
        after(ana.registers("Acme").starts(FIRST).completes().starts(SECOND).optsOut());

    assertThat(status(progress, SECOND)).isEqualTo(DrillStatus.notStarted(SECOND.slug(), 1));
    assertThat(instance(progress, ana.instance(4)).valid()).isFalse();
    assertThat(status(progress, FIRST).isCompleted()).isTrue();
    assertThat(instance(progress, ana.instance(2)).valid()).isTrue();
    assertThat(progress.reachableAt()).isEmpty();
  }

  @Test
  void optingOutOfNoDrillLeavesTheStatuses() {
    LearnerProgress before = after(ana.registers("Acme").starts(FIRST).completes());
    LearnerProgress progress = after(ana.optsOut());

    assertThat(progress.statuses()).isEqualTo(before.statuses());
    assertThat(progress.instances()).isEqualTo(before.instances());
    assertThat(progress.profile().optedOut()).isTrue();
  }

  @Test
  void aDrillCompletedOnceStaysSoWhenARepetitionIsLeft() {
    LearnerProgress progress =
        after(ana.registers("Acme").starts(FIRST).completes().starts(FIRST).optsOut());

    assertThat(status(progress, FIRST).isCompleted()).isTrue();
    assertThat(instance(progress, ana.instance(4)).valid()).isFalse();
    assertThat(ProgressRules.nextDrill(progress, ALL)).contains(SECOND.slug());
  }

  @Test
  void registeringAnewResetsAllStatusesAndInvalidatesEarlierInstances() {
    ana.registers(true, Map.of()).starts(FIRST).completes().starts(SECOND);
    LearnerProgress progress = after(ana.registers(true, Map.of("company", "Other")));

    assertThat(progress.statuses())
        .containsExactly(
            DrillStatus.notStarted(FIRST.slug(), 0),
            DrillStatus.notStarted(SECOND.slug(), 1),
            DrillStatus.notStarted(THIRD.slug(), 2));
    assertThat(progress.instances()).hasSize(2).noneMatch(DrillInstance::valid);
    assertThat(progress.profile().accountInfo().company()).isEqualTo("Other");
  }

  @Test
  void aReplacedRunNoLongerCountsForTheStatus() {
    ana.registers("Acme").starts(FIRST);
    UUID replaced = ana.instance(2);
    LearnerProgress progress = after(ana.starts(FIRST).completes());

    assertThat(status(progress, FIRST).instanceId()).isEqualTo(ana.instance(3));
    assertThat(instance(progress, replaced).completionTime()).isNull();
  }

  @Test
  void everyEventMovesTheLastInteraction() {
    ana.registers("Acme");
    List<Runnable> steps =
        List.of(
            () -> ana.starts(FIRST),
            () -> ana.isReminded("language"),
            () -> ana.answers("language", "name"),
            () -> ana.fails("name"),
            () -> ana.abandons("name", "fingers"),
            ana::completes,
            ana::wantsMore,
            ana::optsOut,
            ana::failsToRegister,
            () -> ana.registers("Acme"));
    for (Runnable step : steps) {
      ana.after(HOUR);
      step.run();
      assertThat(after(ana).lastInteractedTime())
          .as("after %s", ana.last().events())
          .isEqualTo(ana.time());
    }
  }

  @Test
  void anEventOfAnUnknownInstanceChangesNothingElse() {
    ana.registers("Acme").starts(FIRST);
    LearnerProgress progress = after(new LearnerStory(ana.phone()).registers("Acme"));
    var stray = LearnerStory.ofSomeone().registers("Acme").starts(SECOND).completes();
    LearnerProgress next = progress;
    for (var batch : stray.batches().subList(2, 3)) {
      next =
          ProgressRules.apply(
              progress,
              new EventBatch(ana.phone(), batch.seq(), 2, NOON, batch.profile(), batch.events()));
    }

    assertThat(next.statuses()).isEqualTo(progress.statuses());
    assertThat(next.instances()).isEmpty();
  }

  @Test
  void aDrillPublishedAfterTheLearnerCameGetsARowInItsPlaceWhenItStarts() {
    LearnerProgress progress =
        after(ana.registers("Acme").starts(SECOND), List.of(FIRST.slug(), THIRD.slug()));

    assertThat(progress.statuses())
        .extracting(DrillStatus::drill)
        .containsExactly(FIRST.slug(), SECOND.slug(), THIRD.slug());
    assertThat(status(progress, SECOND).isStarted()).isTrue();
  }

  @Test
  void aBatchOfAnotherNumberIsRefused() {
    LearnerProgress progress = after(ana.registers("Acme"));
    var stranger = LearnerStory.ofSomeone().registers("Acme").last();

    assertThatThrownBy(() -> ProgressRules.apply(progress, stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(ana.phone().value());
  }

  @Test
  void theNextDrillIsTheFirstNotStartedElseTheFirstNotCompletedInSequence() {
    ana.registers("Acme");
    assertThat(next()).isEqualTo("01-first");
    ana.starts(FIRST);
    assertThat(next()).isEqualTo("02-second");
    ana.starts(SECOND).completes();
    assertThat(next()).isEqualTo("03-third");
    ana.starts(THIRD);
    assertThat(next()).as("all started").isEqualTo("01-first");
    ana.starts(FIRST).completes();
    assertThat(next()).isEqualTo("03-third");
    ana.starts(THIRD).completes();
    assertThat(next()).isEqualTo("finished");
  }

  private String next() {
    return ProgressRules.nextDrill(after(ana), ALL).map(DrillSlug::value).orElse("finished");
  }

  @Test
  void anUnpublishedDrillIsNotStartedAnyMore() {
    LearnerProgress progress = after(ana.registers("Acme").starts(FIRST).completes());

    assertThat(ProgressRules.nextDrill(progress, Set.of(FIRST.slug(), THIRD.slug())))
        .contains(THIRD.slug());
    assertThat(ProgressRules.nextDrill(progress, Set.of(FIRST.slug()))).isEmpty();
  }

  @Test
  void aNewDrillReachesALearnerWhoHadFinishedInItsPlace() {
    LearnerProgress progress =
        after(
            ana.registers("Acme").starts(FIRST).completes().starts(THIRD).completes(),
            List.of(FIRST.slug(), THIRD.slug()));

    LearnerProgress reached = progress.inCourse(COURSE);

    assertThat(reached.statuses()).extracting(DrillStatus::drill).containsExactlyElementsOf(COURSE);
    assertThat(reached.statuses()).extracting(DrillStatus::place).containsExactly(0, 1, 2);
    assertThat(ProgressRules.nextDrill(reached, ALL)).contains(SECOND.slug());
    assertThat(reached.inCourse(COURSE)).isEqualTo(reached);
  }

  @Test
  void inactiveIsWhoStartedADrillHasOneLeftAndWasNotHeardOfSince() {
    LearnerProgress registered = after(ana.registers("Acme"));
    LearnerProgress started = after(ana.starts(FIRST).completes());
    LearnerProgress finished = after(ana.starts(SECOND).completes().starts(THIRD).completes());

    assertThat(ProgressRules.isInactive(registered, NOON, ALL)).as("none started").isFalse();
    assertThat(ProgressRules.isInactive(started, NOON, ALL)).as("just as long").isTrue();
    assertThat(ProgressRules.isInactive(started, NOON.minusMillis(1), ALL)).as("later").isFalse();
    assertThat(ProgressRules.isInactive(finished, NOON, ALL)).as("none left").isFalse();
    assertThat(ProgressRules.isInactive(started, NOON, Set.of(FIRST.slug())))
        .as("none left that is published")
        .isFalse();
    assertThat(ProgressRules.isInactive(after(ana.optsOut()), NOON, ALL)).as("opted out").isFalse();
  }

  @Test
  void aScheduledDrillGoesStaleWithAnotherNextDrillOrTheEndOfTheWindow() {
    LearnerProgress progress = after(ana.registers("Acme").starts(FIRST).completes());
    Instant end = NOON.plus(Duration.ofHours(3));
    var scheduled =
        new ScheduledDrill(
            progress.id(), LocalDate.parse("2026-11-22"), SECOND.slug(), NOON.plus(HOUR), end);

    assertThat(ProgressRules.isStale(scheduled, progress, ALL, NOON.plus(HOUR))).isFalse();
    assertThat(ProgressRules.isStale(scheduled, progress, ALL, end.minusMillis(1))).isFalse();
    assertThat(ProgressRules.isStale(scheduled, progress, ALL, end)).as("too late").isTrue();
    assertThat(ProgressRules.isStale(scheduled, progress, Set.of(FIRST.slug(), THIRD.slug()), NOON))
        .as("unpublished")
        .isTrue();
    assertThat(ProgressRules.isStale(scheduled, after(ana.starts(SECOND)), ALL, NOON))
        .as("started meanwhile")
        .isTrue();
    assertThat(ProgressRules.isStale(scheduled, after(ana.optsOut()), ALL, NOON))
        .as("opted out")
        .isTrue();
  }

  @Test
  void theLearnersLastWordCountsOnWhicheverNumber() {
    LearnerStory second = LearnerStory.ofSomeone();
    ana.registers("Acme").starts(FIRST);
    second.at(NOON.plus(HOUR)).registers("Acme").optsOut();
    var both =
        new LearnerNumbers(
            LearnerId.of(ana.phone()), ana.phone(), Set.of(ana.phone(), second.phone()));

    LearnerProgress progress = LearnerProgress.enrolled(both, COURSE, ana.batches().getFirst());
    var all = new ArrayList<>(second.batches());
    all.addAll(ana.batches());
    for (var batch : all) {
      progress = ProgressRules.apply(progress, batch);
    }
    assertThat(progress.profile().optedOut()).as("whatever arrives first").isTrue();
    assertThat(progress.reachableAt()).isEmpty();

    second.after(HOUR).wantsMore();
    progress = ProgressRules.apply(progress, second.last());
    assertThat(progress.reachableAt()).as("the primary number").contains(ana.phone());

    ana.at(second.time().plus(HOUR)).optsOut();
    progress = ProgressRules.apply(progress, ana.last());
    second.at(ana.time().plus(HOUR)).wantsMore();
    progress = ProgressRules.apply(progress, second.last());
    assertThat(progress.reachableAt()).as("the other number").contains(second.phone());
  }
}

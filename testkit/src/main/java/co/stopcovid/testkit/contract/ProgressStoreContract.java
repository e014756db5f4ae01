package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerNumbers;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressRules;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.progress.UnaskedSessions;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link ProgressStore} must do. */
public abstract class ProgressStoreContract extends StoredProgress {
  private final LearnerStory ana = LearnerStory.ofSomeone();
  private final LearnerStory ben = LearnerStory.ofSomeone();

  @Test
  void anUnknownLearnerIsNotFound() {
    assertThat(store().find(Set.of(ana.phone()))).isEmpty();
    assertThat(store().load(Set.of(idOf(ana)))).isEmpty();
    assertThat(store().find(Set.of())).isEmpty();
    assertThat(store().load(Set.of())).isEmpty();
    assertThat(store().apply(List.of(), COURSE)).isEmpty();
  }

  @Test
  void theTreeIsWhatTheRulesMakeOfTheBatchesOneByOne() {
    LearnerStory story = eventful();
    for (EventBatch batch : story.batches()) {
      assertThat(store().apply(List.of(batch), COURSE)).isEmpty();
      assertThat(progressOf(story))
          .as("after version %d: %s", batch.version(), batch.events())
          .isEqualTo(folded(story.batches().subList(0, (int) batch.version())));
    }
  }

  @Test
  void theTreeIsTheSameWhenAllBatchesOfManyLearnersComeAtOnce() {
    List<LearnerStory> stories = Stream.generate(StoredProgress::eventful).limit(60).toList();

    assertThat(store().apply(shuffled(stories, 7), COURSE)).isEmpty();

    for (LearnerStory story : stories) {
      assertThat(progressOf(story)).isEqualTo(folded(story.batches()));
    }
  }

  @Test
  void whatAProfileHoldsComesBack() {
    tell(ana.registers(true, Samples.account().values()));

    LearnerProgress progress = progressOf(ana);
    assertThat(progress.profile().accountInfo()).isEqualTo(Samples.account());
    assertThat(progress.profile().isDemo()).isTrue();
    assertThat(progress.profile().validated()).isTrue();
  }

  @Test
  void aRepeatedBatchIsSkipped() {
    tell(ana.registers("Acme").starts(FIRST).completes());
    LearnerProgress before = progressOf(ana);

    assertThat(store().apply(ana.batches(), COURSE)).isEmpty();
    assertThat(store().apply(ana.batches().subList(1, 2), COURSE)).isEmpty();
    assertThat(progressOf(ana)).isEqualTo(before);
    ana.starts(SECOND);
    List<EventBatch> twice = new ArrayList<>(ana.batches());
    twice.addAll(ana.batches());
    assertThat(store().apply(twice, COURSE)).isEmpty();
    assertThat(progressOf(ana)).isEqualTo(folded(ana.batches()));
  }

  @Test
  void whatFollowsOnAGapIsReportedAndTheRestIsApplied() {
    ana.registers("Acme").starts(FIRST).answers("language", "name").completes();
    ben.registers("Acme").starts(FIRST);
    List<EventBatch> given = new ArrayList<>(ben.batches());
    given.addAll(ana.batches());
    given.remove(ana.batches().get(2));

    assertThat(store().apply(given, COURSE)).isEqualTo(Map.of(ana.phone(), 2L));
    assertThat(progressOf(ana)).isEqualTo(folded(ana.batches().subList(0, 2)));
    assertThat(progressOf(ben)).isEqualTo(folded(ben.batches()));

    assertThat(store().apply(ana.batches().subList(2, 4), COURSE)).isEmpty();
    assertThat(progressOf(ana)).isEqualTo(folded(ana.batches()));
  }

  @Test
  void aLearnerWhoseFirstBatchIsMissingIsNotThere() {
    ana.registers("Acme").starts(FIRST);

    assertThat(store().apply(ana.batches().subList(1, 2), COURSE))
        .isEqualTo(Map.of(ana.phone(), 0L));
    assertThat(store().find(Set.of(ana.phone()))).isEmpty();
  }

  @Test
  void learnersAreFoundByNumberAndById() {
    tell(ana.registers("Acme"), ben.registers("Other"));

    assertThat(store().find(Set.of(ana.phone(), ben.phone(), Samples.newLearner())))
        .isEqualTo(
            Map.of(
                ana.phone(), folded(ana.batches()),
                ben.phone(), folded(ben.batches())));
    assertThat(store().load(Set.of(idOf(ana), LearnerId.of(Samples.newLearner()))))
        .isEqualTo(Map.of(idOf(ana), folded(ana.batches())));
  }

  @Test
  void aDrillStartedWithoutARowGetsOneAtItsPlace() {
    List<DrillSlug> old = List.of(FIRST.slug(), THIRD.slug());
    ana.registers("Acme");
    store().apply(ana.batches(), old);
    store().apply(ana.starts(SECOND).batches(), old);

    assertThat(progressOf(ana).statuses())
        .extracting(DrillStatus::drill)
        .containsExactlyElementsOf(COURSE);
  }

  @Test
  void twoWorkersWithTheSameBatchesApplyThemOnce() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      List<LearnerStory> stories = Stream.generate(StoredProgress::eventful).limit(4).toList();
      int seed = round;
      Race.run(
          List.of(
              () -> store().apply(shuffled(stories, seed), COURSE),
              () -> second().store().apply(shuffled(stories.reversed(), seed + 1L), COURSE)));
      for (LearnerStory story : stories) {
        assertThat(progressOf(story)).as("round %d", round).isEqualTo(folded(story.batches()));
      }
    }
  }

  @Test
  void twoWorkersWithOverlappingBatchesLoseNothing() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      LearnerStory story = eventful();
      List<EventBatch> all = story.batches();
      store().apply(all.subList(0, 1 + round % 3), COURSE);
      Race.run(
          List.of(
              applyUntilDone(first().store(), all.subList(0, all.size() - 2)),
              applyUntilDone(second().store(), all)));
      assertThat(progressOf(story)).as("round %d", round).isEqualTo(folded(all));
    }
  }

  private static Callable<Boolean> applyUntilDone(ProgressStore store, List<EventBatch> batches) {
    return () -> {
      for (EventBatch batch : batches) {
        store.apply(List.of(batch), COURSE);
      }
      return store.apply(batches, COURSE).isEmpty();
    };
  }

  // Several numbers of one learner.

  @Test
  void aNumberIsLinkedOnce() {
    tell(ana.registers("Acme"), ben.registers("Acme"));
    PhoneNumber second = Samples.newLearner();

    assertThat(store().link(idOf(ana), second)).isTrue();
    assertThat(store().link(idOf(ana), second)).as("again").isTrue();
    assertThat(store().link(idOf(ben), second)).as("to another").isFalse();
    assertThat(store().link(idOf(ana), ben.phone())).as("another's").isFalse();
    assertThat(store().link(LearnerId.of(second), Samples.newLearner())).as("nobody").isFalse();

    assertThat(progressOf(ana).phones())
        .extracting(LearnerPhone::phone)
        .containsExactlyInAnyOrder(ana.phone(), second);
    assertThat(store().find(Set.of(second)).get(second)).isEqualTo(progressOf(ana));
  }

  @Test
  void theDialogsOfTwoNumbersMakeOneTreeWhileEachHasItsVersions() {
    tell(ana.registers("Acme").starts(FIRST).completes());
    store().link(idOf(ana), ben.phone());
    tell(ben.after(HOUR).registers("Acme").starts(FIRST).completes().starts(SECOND));
    tell(ana.after(HOUR).wantsMore());

    LearnerProgress progress = progressOf(ana);
    assertThat(progressOf(ben)).isEqualTo(progress);
    assertThat(progress.phone(ana.phone()).orElseThrow().version()).isEqualTo(4);
    assertThat(progress.phone(ben.phone()).orElseThrow().version()).isEqualTo(4);
    assertThat(progress.phone(ana.phone()).orElseThrow().primary()).isTrue();
    assertThat(progress.phone(ben.phone()).orElseThrow().primary()).isFalse();
    assertThat(progress.status(SECOND.slug()).orElseThrow().isStarted()).isTrue();
    assertThat(progress.instances())
        .extracting(DrillInstance::valid)
        .as("one run of the first number, two of the second")
        .containsExactlyInAnyOrder(false, true, true);
    assertThat(store().numbersOfSeveral(Set.of(ana.phone(), Samples.newLearner())))
        .isEqualTo(
            Map.of(
                ana.phone(),
                new LearnerNumbers(idOf(ana), ana.phone(), Set.of(ana.phone(), ben.phone()))));
  }

  @Test
  void aLearnerWithOneNumberIsNotAmongThoseWithSeveral() {
    tell(ana.registers("Acme"));

    assertThat(store().numbersOfSeveral(Set.of(ana.phone()))).isEmpty();
    assertThat(store().numbersOfSeveral(Set.of())).isEmpty();
  }

  @Test
  void twoNumbersOfALearnerAtOnceLoseNothing() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      LearnerStory one = LearnerStory.ofSomeone().registers("Acme");
      LearnerStory other = LearnerStory.ofSomeone();
      tell(one);
      store().link(idOf(one), other.phone());
      one.starts(FIRST).completes();
      other.happens(new DialogEvent.UserValidationFailed(NOON)).starts(SECOND);
      Race.run(
          List.of(
              () -> first().store().apply(one.batches(), COURSE),
              () -> second().store().apply(other.batches(), COURSE)));

      LearnerProgress progress = progressOf(one);
      assertThat(progress.phones()).extracting(LearnerPhone::version).containsOnly(3L, 2L);
      assertThat(progress.status(FIRST.slug()).orElseThrow().isCompleted()).isTrue();
      assertThat(progress.status(SECOND.slug()).orElseThrow().isStarted()).isTrue();
    }
  }

  @Test
  void aNumberThatIsLinkedWhileItsFirstBatchComesIsOneLearners() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      LearnerStory one = LearnerStory.ofSomeone().registers("Acme");
      LearnerStory other = LearnerStory.ofSomeone().registers("Acme");
      tell(one);
      List<Boolean> linked =
          Race.run(
              List.of(
                  () -> first().store().link(idOf(one), other.phone()),
                  () -> second().store().apply(other.batches(), COURSE).isEmpty()));

      store().apply(other.batches(), COURSE);
      LearnerProgress owner = progressOf(other);
      assertThat(owner.id()).isEqualTo(linked.getFirst() ? idOf(one) : idOf(other));
      assertThat(owner.phone(other.phone()).orElseThrow().version()).isEqualTo(1);
      assertThat(store().load(Set.of(idOf(other)))).hasSize(linked.getFirst() ? 0 : 1);
    }
  }

  // A new drill.

  @Test
  void aNewDrillReachesEveryLearnerInItsPlace() {
    List<DrillSlug> old = List.of(FIRST.slug(), THIRD.slug());
    List<LearnerStory> stories =
        Stream.generate(() -> LearnerStory.ofSomeone().registers("Acme").starts(THIRD))
            .limit(7)
            .toList();
    stories.forEach(story -> store().apply(story.batches(), old));

    int pages = 0;
    Optional<LearnerId> last = store().enrol(COURSE, null, 3);
    while (last.isPresent()) {
      pages++;
      last = store().enrol(COURSE, last.get(), 3);
    }

    assertThat(pages).isEqualTo(3);
    for (LearnerStory story : stories) {
      assertThat(progressOf(story)).isEqualTo(folded(story.batches()));
    }
  }

  @Test
  void aDrillThatIsNotPublishedAnyMoreKeepsItsRow() {
    tell(ana.registers("Acme").starts(FIRST));

    store().enrol(List.of(SECOND.slug(), THIRD.slug()), null, 10);

    assertThat(progressOf(ana).status(FIRST.slug()).orElseThrow().isStarted()).isTrue();
    assertThat(progressOf(ana).status(SECOND.slug()).orElseThrow().place()).isZero();
  }

  @Test
  void theCourseThatReachedEverybodyIsRemembered() {
    assertThat(store().reachedCourse()).isEmpty();
    store().recordReached(COURSE);
    assertThat(second().store().reachedCourse()).isEqualTo(COURSE);
    store().recordReached(List.of());
    assertThat(store().reachedCourse()).isEmpty();
  }

  @Test
  void howFarACourseHasComeIsRememberedUntilItHasReachedEverybody() {
    List<DrillSlug> other = List.of(SECOND.slug());
    assertThat(store().reachedSoFar(COURSE)).isEmpty();
    store().recordReachedSoFar(COURSE, LearnerId.of(ana.phone()));
    assertThat(second().store().reachedSoFar(COURSE)).contains(LearnerId.of(ana.phone()));
    assertThat(store().reachedSoFar(other)).isEmpty();
    store().recordReachedSoFar(other, LearnerId.of(ana.phone()));
    assertThat(store().reachedSoFar(COURSE)).isEmpty();
    store().recordReached(other);
    assertThat(store().reachedSoFar(other)).isEmpty();
  }

  // Rebuilding.

  @Test
  void aRebuiltTreeIsWrittenWhereNothingIsStored() {
    LearnerProgress rebuilt = folded(eventful().batches());

    assertThat(store().replace(List.of(rebuilt)))
        .isEqualTo(new ProgressStore.Replaced(Set.of(rebuilt.id()), Set.of()));
    assertThat(store().load(Set.of(rebuilt.id()))).isEqualTo(Map.of(rebuilt.id(), rebuilt));
    assertThat(store().replace(List.of(rebuilt))).as("no difference").isEqualTo(nothing());
    assertThat(store().replace(List.of())).isEqualTo(nothing());
  }

  private static ProgressStore.Replaced nothing() {
    return new ProgressStore.Replaced(Set.of(), Set.of());
  }

  @Test
  void aRebuiltTreePutsRightWhatIsStored() {
    LearnerStory story = eventful();
    tell(story);
    LearnerProgress right = progressOf(story);
    LearnerPhone phone = right.phones().getFirst();
    var wrong =
        new LearnerProgress(
            right.id(),
            right.profile().withOptedOut(true),
            NOON.plusSeconds(1_000_000),
            new UnaskedSessions(5, NOON.plusSeconds(7)),
            List.of(phone),
            right.statuses().stream()
                .map(status -> DrillStatus.notStarted(status.drill(), status.place()))
                .toList(),
            List.of(
                new DrillInstance(
                    story.instance(99),
                    story.phone(),
                    FIRST.slug(),
                    FIRST.drill().first().slug(),
                    NOON,
                    null,
                    null,
                    true)));

    assertThat(store().replace(List.of(wrong)).written()).containsExactly(right.id());
    assertThat(progressOf(story)).isEqualTo(wrong);
    assertThat(store().replace(List.of(right)).written()).containsExactly(right.id());
    assertThat(progressOf(story)).isEqualTo(right);
  }

  @Test
  void aTreeThatIsAheadIsNotReplaced() {
    ana.registers("Acme").starts(FIRST);
    LearnerProgress rebuilt = folded(ana.batches());
    tell(ana.completes(), ben.registers("Acme"));
    LearnerProgress ahead = progressOf(ana);
    LearnerProgress other = folded(LearnerStory.ofSomeone().registers("Acme").batches());

    assertThat(store().replace(List.of(rebuilt, other)))
        .isEqualTo(new ProgressStore.Replaced(Set.of(other.id()), Set.of(rebuilt.id())));
    assertThat(progressOf(ana)).isEqualTo(ahead);
  }

  @Test
  void aLearnerWhoGotASecondNumberMeanwhileIsNotReplaced() {
    tell(ana.registers("Acme"));
    LearnerProgress rebuilt = progressOf(ana);
    store().link(idOf(ana), ben.phone());

    assertThat(store().replace(List.of(rebuilt)).outrun()).containsExactly(idOf(ana));
    assertThat(progressOf(ana).phones()).hasSize(2);
  }

  @Test
  void aNumberThatBecameAnothersMeanwhileMakesNoLearner() {
    tell(ana.registers("Acme"));
    LearnerProgress rebuilt = folded(ben.registers("Acme").batches());
    store().link(idOf(ana), ben.phone());

    assertThat(store().replace(List.of(rebuilt)).outrun()).containsExactly(idOf(ben));
    assertThat(store().load(Set.of(idOf(ben)))).isEmpty();
  }

  @Test
  void rowsKeepTheirPlacesAndThoseThatTheRebuiltTreeLacksAreReset() {
    tell(ana.registers("Acme").starts(FIRST));
    store().enrol(List.of(THIRD.slug(), FIRST.slug()), null, 10);
    var fewer =
        LearnerProgress.enrolled(
            LearnerNumbers.single(ana.phone()),
            List.of(SECOND.slug(), THIRD.slug()),
            ana.batches().getFirst());
    for (EventBatch batch : ana.batches().subList(0, 1)) {
      fewer = ProgressRules.apply(fewer, batch);
    }
    LearnerStory again = new LearnerStory(ana.phone()).registers("Acme").wantsMore();
    fewer = ProgressRules.apply(fewer, again.last());

    store().replace(List.of(fewer));

    assertThat(progressOf(ana).statuses())
        .containsExactlyInAnyOrder(
            DrillStatus.notStarted(FIRST.slug(), 1),
            DrillStatus.notStarted(SECOND.slug(), 1),
            DrillStatus.notStarted(THIRD.slug(), 0));
  }

  @Test
  void rebuildingWhileTheUpdaterGoesOnLosesNothing() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      LearnerStory story = eventful();
      List<EventBatch> all = story.batches();
      store().apply(all.subList(0, all.size() / 2), COURSE);
      LearnerProgress rebuilt = folded(all.subList(0, all.size() / 2));
      Race.run(
          List.of(
              () -> first().store().replace(List.of(rebuilt)).outrun().size(),
              () -> second().store().apply(all, COURSE).size()));
      assertThat(progressOf(story)).as("round %d", round).isEqualTo(folded(all));
    }
  }
}

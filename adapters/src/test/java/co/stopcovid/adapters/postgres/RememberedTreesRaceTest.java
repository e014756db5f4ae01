package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.contract.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Answers are applied, half of them to what is remembered, while another changes the same trees.
 */
class RememberedTreesRaceTest extends RememberedProgress {
  private static final int ROUNDS = 10;
  private static final int LEARNERS = 50;
  private static final int BEFORE = 3;
  private static final int AFTER = 12;

  /**
   * Every other learner answers; the rest start a drill again and again, for which the tree is
   * read. All at one time, so that each batch is the last word.
   */
  private static List<LearnerStory> stories() {
    List<LearnerStory> stories = new ArrayList<>();
    for (int i = 0; i < LEARNERS; i++) {
      LearnerStory story = LearnerStory.ofSomeone().registers("Acme").starts(FIRST);
      while (story.batches().size() < AFTER) {
        if (i % 2 == 0) {
          story.fails("language");
        } else {
          story.starts(FIRST);
        }
      }
      stories.add(story);
    }
    return stories;
  }

  /** One version after the other, of all learners at once. */
  private static boolean applyVersions(
      ProgressStore store, List<LearnerStory> stories, int from, int to) {
    for (int i = from; i < to; i++) {
      int place = i;
      assertThat(
              store.apply(
                  stories.stream().map(story -> story.batches().get(place)).toList(), COURSE))
          .isEmpty();
    }
    return true;
  }

  /** Nothing is tried again in a unit: this fails when it is in a circle of those who wait. */
  private static boolean applyInUnits(
      Database database, ProgressStore store, List<LearnerStory> stories, int from, int to) {
    for (int i = from; i < to; i++) {
      int version = i;
      inAUnit(database, () -> applyVersions(store, stories, version, version + 1));
    }
    return true;
  }

  /** As stored until the repair, one version before it. */
  private static LearnerProgress wrong(LearnerStory story) {
    LearnerProgress tree = folded(story.batches().subList(0, BEFORE - 1));
    return new LearnerProgress(
        tree.id(),
        tree.profile(),
        tree.lastInteractedTime(),
        tree.unasked(),
        tree.phones(),
        tree.statuses(),
        tree.instances().stream()
            .map(
                instance ->
                    new DrillInstance(
                        instance.id(),
                        instance.phone(),
                        instance.drill(),
                        new PromptSlug("planted"),
                        instance.promptStartTime(),
                        null,
                        null,
                        false))
            .toList());
  }

  @Test
  void whatIsRepairedStaysRepairedAndNoAnswerIsLost() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      List<LearnerStory> stories = stories();
      applyVersions(another, stories, 0, BEFORE - 1);
      another.replace(stories.stream().map(RememberedTreesRaceTest::wrong).toList());
      applyVersions(store(), stories, BEFORE - 1, BEFORE);
      List<LearnerProgress> right =
          stories.stream().map(story -> folded(story.batches().subList(0, BEFORE))).toList();

      Callable<ProgressStore.Replaced> repairs = () -> another.replace(right);
      Callable<ProgressStore.Replaced> answers =
          () -> {
            applyVersions(store(), stories, BEFORE, AFTER);
            return new ProgressStore.Replaced(Set.of(), Set.of());
          };
      ProgressStore.Replaced replaced = Race.run(List.of(repairs, answers)).getFirst();

      for (LearnerStory story : stories) {
        assertThat(progressOf(story))
            .as("round %d", round)
            .isEqualTo(
                replaced.written().contains(idOf(story))
                    ? folded(story.batches())
                    : folded(wrong(story), story.batches().subList(BEFORE - 1, AFTER)));
      }
    }
  }

  @Test
  void aNumberThatIsLinkedMeanwhileIsSeen() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      List<LearnerStory> stories = stories();
      List<LearnerStory> others = Stream.generate(LearnerStory::ofSomeone).limit(LEARNERS).toList();
      applyVersions(another, stories, 0, BEFORE - 1);
      applyVersions(store(), stories, BEFORE - 1, BEFORE);

      Callable<Boolean> answers =
          () -> applyInUnits(postgres.database, store(), stories, BEFORE, AFTER - 1);
      Callable<Boolean> links =
          () -> {
            boolean all = true;
            for (int i = 0; i < LEARNERS; i++) {
              LearnerStory one = stories.get(i);
              PhoneNumber number = others.get(i).phone();
              all &= second.unit(Fence.NONE, () -> another.link(idOf(one), number));
            }
            return all;
          };
      assertThat(Race.run(List.of(answers, links))).containsOnly(true);

      others.forEach(other -> other.registers("Acme"));
      applyVersions(another, others, 0, 1);
      applyVersions(store(), stories, AFTER - 1, AFTER);
      for (LearnerStory story : stories) {
        LearnerProgress progress = progressOf(story);
        assertThat(progress.phone(story.phone()).orElseThrow().version()).isEqualTo(AFTER);
        assertThat(progress.instance(story.instance(2)).orElseThrow().valid())
            .as("round %d, the first run, since the other number registered", round)
            .isFalse();
      }
    }
  }

  @Test
  void twoWhoApplyALearnersBatchesDoNotWaitInACircle() throws InterruptedException {
    for (LearnerStory story : stories()) {
      List<LearnerStory> alone = List.of(story);
      applyVersions(store(), alone, 0, BEFORE);

      Race.run(
          List.of(
              () -> applyInUnits(postgres.database, store(), alone, BEFORE, AFTER),
              () -> applyInUnits(second, another, alone, BEFORE, AFTER)));

      assertThat(progressOf(story)).isEqualTo(folded(story.batches()));
    }
  }
}

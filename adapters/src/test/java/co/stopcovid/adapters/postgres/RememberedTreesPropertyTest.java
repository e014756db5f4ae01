package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.progress.UnaskedSessions;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.RandomStories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever two processes do in turn, one of which remembers. The seed does the same again. */
class RememberedTreesPropertyTest extends RememberedProgress {
  private static final int NUMBERS = 6;
  private static final int CALLS = 200;

  private Random random = new Random();
  private final List<LearnerStory> stories = new ArrayList<>();
  private final Set<PhoneNumber> phones = new HashSet<>();
  private final List<LearnerProgress> earlier = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsRememberedMakesNoDifference(long seed) {
    random = new Random(seed);
    var further = new RandomStories(seed, List.of(FIRST, SECOND, THIRD));
    for (int i = 0; i < NUMBERS; i++) {
      stories.add(
          new LearnerStory(new PhoneNumber("+1202555%04d".formatted(random.nextInt(10_000)))));
      phones.add(stories.getLast().phone());
    }
    for (int call = 0; call < CALLS; call++) {
      // Some numbers are not heard of for long, and may be linked until then.
      stories.stream().limit(1 + call / 20).forEach(story -> goOn(further, story));
      callOneOf(random.nextInt(5) < 4 ? store() : another);
      assertSame(phones);
    }
  }

  /** The clock of a dialog may go back. */
  private void goOn(RandomStories further, LearnerStory story) {
    if (random.nextInt(20) == 0) {
      story.after(Duration.ofHours(random.nextInt(10) - 5L));
    }
    if (random.nextInt(3) == 0) {
      further.goOn(story);
    }
  }

  private void callOneOf(ProgressStore store) {
    switch (random.nextInt(20)) {
      case 0, 1 -> link(store, LearnerId.of(any(stories).phone()), any(stories).phone());
      case 2, 3 -> replace(store, rebuilt());
      case 4 -> enrol(store, course(), 1 + random.nextInt(NUMBERS));
      case 5 -> rollBack(() -> store().apply(delivery(), COURSE));
      case 6 -> rollBack(() -> store().replace(rebuilt()));
      case 7, 8 -> inAUnit(postgres.database, this::applyTwice);
      default -> apply(store, delivery());
    }
  }

  private void applyTwice() {
    apply(store(), delivery());
    apply(store(), delivery());
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private List<DrillSlug> course() {
    List<DrillSlug> course = new ArrayList<>(COURSE);
    Collections.shuffle(course, random);
    return course.subList(0, 1 + random.nextInt(course.size()));
  }

  /** Of some numbers the next batches; some of them missing, some once more, in any order. */
  private List<EventBatch> delivery() {
    List<EventBatch> delivery = new ArrayList<>();
    Map<PhoneNumber, LearnerProgress> stored = store().find(phones);
    for (LearnerStory story : stories) {
      LearnerProgress tree = stored.get(story.phone());
      long held = tree == null ? 0 : tree.phone(story.phone()).orElseThrow().version();
      int oddity = random.nextInt(10);
      story.batches().stream()
          .skip(Math.max(0, oddity == 0 ? held - 2 : oddity == 1 ? held + 1 : held))
          .limit(random.nextInt(4))
          .forEach(delivery::add);
    }
    if (!delivery.isEmpty() && random.nextInt(5) == 0) {
      delivery.add(any(delivery));
      delivery.remove(any(delivery));
    }
    Collections.shuffle(delivery, random);
    return delivery;
  }

  /** Trees as they are, as they were, as they are not, and as they will be. */
  private Collection<LearnerProgress> rebuilt() {
    Map<LearnerId, LearnerProgress> trees = new LinkedHashMap<>();
    for (LearnerProgress tree : store().find(phones).values()) {
      earlier.add(tree);
      switch (random.nextInt(6)) {
        case 0 -> trees.put(tree.id(), tree);
        case 1, 2 -> trees.put(tree.id(), otherThan(tree));
        default -> {}
      }
    }
    for (LearnerStory story : stories) {
      if (!story.batches().isEmpty() && random.nextInt(10) == 0) {
        trees.put(idOf(story), folded(story.batches()));
      }
    }
    if (!earlier.isEmpty()) {
      LearnerProgress tree = any(earlier);
      trees.put(tree.id(), tree);
    }
    return trees.values();
  }

  private LearnerProgress otherThan(LearnerProgress tree) {
    return new LearnerProgress(
        tree.id(),
        random.nextBoolean() ? tree.profile() : tree.profile().withOptedOut(random.nextBoolean()),
        tree.lastInteractedTime().plus(Duration.ofHours(random.nextInt(5) - 2L)),
        random.nextBoolean() ? tree.unasked() : UnaskedSessions.NONE,
        tree.phones(),
        tree.statuses().stream()
            .map(
                row ->
                    random.nextBoolean() ? row : DrillStatus.notStarted(row.drill(), row.place()))
            .toList(),
        tree.instances().stream()
            .filter(instance -> random.nextInt(4) > 0)
            .map(instance -> random.nextBoolean() ? instance : otherThan(instance))
            .toList());
  }

  private static DrillInstance otherThan(DrillInstance instance) {
    return new DrillInstance(
        instance.id(),
        instance.phone(),
        THIRD.slug(),
        new PromptSlug("fingers"),
        instance.promptStartTime().minus(HOUR),
        instance.lastResponseTime(),
        null,
        !instance.valid());
  }
}

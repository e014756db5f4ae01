package co.stopcovid.testkit.contract;

import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.progress.CompletionReport;
import co.stopcovid.progress.DrillSchedule;
import co.stopcovid.progress.DueLearners;
import co.stopcovid.progress.LearnerDirectory;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerNumbers;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressRules;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the suites of the progress ports ask of their adapters. */
public abstract class StoredProgress {
  protected static final DrillVersion FIRST = Samples.drill("01-first");
  protected static final DrillVersion SECOND = Samples.drill("02-second");
  protected static final DrillVersion THIRD = Samples.drill("03-third");
  protected static final List<DrillSlug> COURSE =
      List.of(FIRST.slug(), SECOND.slug(), THIRD.slug());
  protected static final Set<DrillSlug> PUBLISHED = Set.copyOf(COURSE);
  protected static final Instant NOON = Samples.NOON;
  protected static final Duration HOUR = Duration.ofHours(1);

  /** Adapters that share their data, which is empty. */
  public record Adapters(
      ProgressStore store,
      DueLearners dueLearners,
      DrillSchedule schedule,
      CompletionReport report,
      LearnerDirectory directory) {}

  private @Nullable Adapters adapters;

  /** New adapters on no data. */
  protected abstract Adapters empty();

  /** The same data as another process sees it. */
  protected abstract Adapters second();

  /** How often a race is run; more where it is quick. */
  protected int raceRounds() {
    return 50;
  }

  @BeforeEach
  final void begin() {
    adapters = empty();
  }

  /** What the test is about. */
  protected final Adapters first() {
    return Objects.requireNonNull(adapters, "made before each test");
  }

  protected final ProgressStore store() {
    return first().store();
  }

  /** Applies all that happened in these stories. */
  protected final void tell(LearnerStory... stories) {
    store().apply(batches(Arrays.stream(stories)), COURSE);
  }

  private static List<EventBatch> batches(Stream<LearnerStory> stories) {
    return stories.flatMap(story -> story.batches().stream()).toList();
  }

  /** In an order that shows who relies on it. */
  protected static List<EventBatch> shuffled(List<LearnerStory> stories, long seed) {
    List<EventBatch> batches = new ArrayList<>(batches(stories.stream()));
    Collections.shuffle(batches, new Random(seed));
    return batches;
  }

  protected final LearnerProgress progressOf(LearnerStory story) {
    return Objects.requireNonNull(
        store().find(Set.of(story.phone())).get(story.phone()), "the learner's progress");
  }

  protected static LearnerId idOf(LearnerStory story) {
    return LearnerId.of(story.phone());
  }

  /** What the rules make of the batches of a learner with one number, from the first on. */
  protected static LearnerProgress folded(List<EventBatch> batches) {
    EventBatch first = batches.getFirst();
    return folded(
        LearnerProgress.enrolled(LearnerNumbers.single(first.phone()), COURSE, first), batches);
  }

  /** What the rules make of a tree. */
  protected static LearnerProgress folded(LearnerProgress before, List<EventBatch> batches) {
    LearnerProgress progress = before;
    for (EventBatch batch : batches) {
      progress = ProgressRules.apply(progress, batch);
    }
    return progress;
  }

  /** A story in which every type of event happens, and what can happen to a drill. */
  protected static LearnerStory eventful() {
    return LearnerStory.ofSomeone()
        .failsToRegister()
        .registers("Acme")
        .starts(FIRST)
        .after(HOUR)
        .answers("language", "name")
        .isReminded("name")
        .after(HOUR)
        .completes()
        .starts(SECOND)
        .fails("language")
        .abandons("language", "name")
        .after(HOUR)
        .optsOut()
        .optsOut()
        .wantsMore()
        .starts(SECOND)
        .completes()
        .starts(THIRD)
        .after(HOUR)
        .fails("language");
  }
}

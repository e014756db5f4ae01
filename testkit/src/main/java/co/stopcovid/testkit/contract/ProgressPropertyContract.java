package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.progress.EventArchive;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.progress.ProgressUpdater;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.RandomStories;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever the stream does, the updater comes to what the batches in order come to; and so does a
 * rebuild. A failure names the seed, which does the same again.
 */
public abstract class ProgressPropertyContract extends StoredProgress {
  private static final DrillCatalogue CATALOGUE =
      new PublishedDrills(
          List.of(FIRST, SECOND, THIRD), new EngineTexts(FIRST.translations(), Samples.TABLES));

  /** How many seeds are tried. */
  protected int seeds() {
    return 100;
  }

  @Test
  void repeatsAndGapsMakeNoDifference() {
    for (long seed = 0; seed < seeds(); seed++) {
      var random = new RandomStories(seed, List.of(FIRST, SECOND, THIRD));
      List<LearnerStory> stories = stories(random);
      var updater = new ProgressUpdater(store(), new Told(stories), CATALOGUE);

      random.deliveries(stories).forEach(updater::handle);

      assertAllAsFolded(stories, "seed %d".formatted(seed));
    }
  }

  @Test
  void aRebuildOfNothingAndOfAnythingComesToTheSame() {
    for (long seed = 0; seed < seeds(); seed++) {
      List<LearnerStory> stories = stories(new RandomStories(seed, List.of(FIRST, SECOND, THIRD)));
      var told = new Told(stories);
      List<LearnerStory> known = stories.subList(0, (int) (seed % stories.size()));
      tell(known.toArray(LearnerStory[]::new));
      var rebuild = new ProgressRebuild(told, told, store(), CATALOGUE, 1 + (int) (seed % 50));

      ProgressRebuild.Result result = rebuild.run();

      String which = "seed %d".formatted(seed);
      assertThat(result.batches())
          .as(which)
          .isEqualTo(stories.stream().mapToLong(story -> story.batches().size()).sum());
      assertThat(result.corrected()).as(which).isEqualTo(stories.size() - known.size());
      assertThat(result.left()).as(which).isZero();
      assertAllAsFolded(stories, which);
      assertThat(rebuild.run().corrected()).as("again, %s", which).isZero();
    }
  }

  @Test
  void aRebuildMergesTheNumbersOfALearnerByTime() {
    for (long seed = 0; seed < seeds(); seed++) {
      var random = new RandomStories(seed, List.of(FIRST, SECOND, THIRD));
      // The learner is known by the number that was heard of first.
      List<LearnerStory> both = new ArrayList<>(List.of(random.next(), random.next()));
      both.sort(Comparator.comparing(story -> story.batches().getFirst().createdTime()));
      LearnerStory one = both.getFirst();
      LearnerStory other = both.getLast();
      var told = new Told(List.of(one, other));
      List<EventBatch> byTime = new ArrayList<>(one.batches());
      byTime.addAll(other.batches());
      byTime.sort(
          Comparator.comparing(EventBatch::createdTime)
              .thenComparing(EventBatch::phone)
              .thenComparingLong(EventBatch::version));
      var updater = new ProgressUpdater(store(), told, CATALOGUE);
      updater.handle(List.of(one.batches().getFirst()));
      store().link(idOf(one), other.phone());
      byTime.forEach(batch -> updater.handle(List.of(batch)));
      LearnerProgress followed = progressOf(one);

      ProgressRebuild.Result result = new ProgressRebuild(told, told, store(), CATALOGUE, 7).run();

      assertThat(progressOf(one)).as("seed %d", seed).isEqualTo(followed);
      assertThat(result.left()).isZero();
    }
  }

  private static List<LearnerStory> stories(RandomStories random) {
    List<LearnerStory> stories = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      stories.add(random.next());
    }
    return stories;
  }

  private void assertAllAsFolded(List<LearnerStory> stories, String which) {
    for (LearnerStory story : stories) {
      assertThat(progressOf(story)).as(which).isEqualTo(folded(story.batches()));
    }
  }

  /** The batches of some stories, as they are stored. */
  private record Told(Map<PhoneNumber, LearnerStory> stories)
      implements EventHistory, EventArchive {
    Told(List<LearnerStory> stories) {
      this(new TreeMap<>(byPhone(stories)));
    }

    private static Map<PhoneNumber, LearnerStory> byPhone(List<LearnerStory> stories) {
      Map<PhoneNumber, LearnerStory> byPhone = new HashMap<>();
      stories.forEach(story -> byPhone.put(story.phone(), story));
      return byPhone;
    }

    @Override
    public List<EventBatch> after(PhoneNumber phone, long version, int limit) {
      LearnerStory story = stories.get(phone);
      return story == null
          ? List.of()
          : story.batches().stream().skip(version).limit(limit).toList();
    }

    @Override
    public List<EventBatch> page(@Nullable Position after, int limit) {
      return stories.values().stream()
          .flatMap(story -> story.batches().stream())
          .filter(batch -> after == null || isBehind(batch, after))
          .limit(limit)
          .toList();
    }

    private static boolean isBehind(EventBatch batch, Position position) {
      int order = batch.phone().compareTo(position.phone());
      return order > 0 || (order == 0 && batch.version() > position.version());
    }
  }
}

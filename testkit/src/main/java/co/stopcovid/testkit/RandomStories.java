package co.stopcovid.testkit;

import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Stories of learners that follow from a seed. Everything that can happen happens in some. */
public final class RandomStories {
  private final Random random;
  private final List<DrillVersion> drills;

  public RandomStories(long seed, List<DrillVersion> drills) {
    this.random = new Random(seed);
    this.drills = List.copyOf(drills);
  }

  /** A story of one to forty batches. */
  public LearnerStory next() {
    LearnerStory story = LearnerStory.ofSomeone();
    int batches = 1 + random.nextInt(40);
    for (int i = 0; i < batches; i++) {
      goOn(story);
    }
    return story;
  }

  /** Tells one batch more. */
  public void goOn(LearnerStory story) {
    boolean running = story.state().current() != null;
    story.after(Duration.ofMillis(random.nextInt(10_000_000)));
    switch (random.nextInt(running ? 12 : 8)) {
      case 0 -> story.failsToRegister();
      case 1 ->
          story.registers(random.nextBoolean(), Map.of("company", "Company " + random.nextInt(3)));
      case 2 -> story.wantsMore();
      case 3 -> story.optsOut();
      case 4, 5, 6 -> story.starts(drills.get(random.nextInt(drills.size())));
      case 7 -> story.isGiven(Map.of("schedule_time", time()));
      case 8 -> story.answers("language", "name");
      case 9 -> story.fails("name");
      case 10 -> story.isReminded("name");
      default -> story.completes();
    }
  }

  private Optional<String> time() {
    return random.nextBoolean()
        ? Optional.of("%02d:30".formatted(random.nextInt(24)))
        : Optional.empty();
  }

  /**
   * The batches of stories as an unreliable stream delivers them: in pieces, some of them missing,
   * some more than once, those of different learners mixed, a learner's not always in order. The
   * last batch of each story comes once at least.
   */
  public List<List<EventBatch>> deliveries(List<LearnerStory> stories) {
    List<EventBatch> stream = new ArrayList<>();
    for (LearnerStory story : stories) {
      for (EventBatch batch : story.batches()) {
        int times = random.nextInt(10);
        for (int i = 0; i < (times < 2 ? 0 : times < 8 ? 1 : 2); i++) {
          stream.add(batch);
        }
      }
    }
    if (random.nextBoolean()) {
      Collections.shuffle(stream, random);
    }
    stories.forEach(story -> stream.add(story.last()));
    List<List<EventBatch>> pieces = new ArrayList<>();
    for (int from = 0; from < stream.size(); ) {
      int to = Math.min(stream.size(), from + 1 + random.nextInt(60));
      pieces.add(stream.subList(from, to));
      from = to;
    }
    return pieces;
  }
}

package co.stopcovid.running;

import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.Course;
import co.stopcovid.progress.ProgressStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a newly published course reach the learners who are there already, bit by bit. It begins
 * once everybody who enrols new learners has surely noticed the course; otherwise a learner could
 * be enrolled in the old one behind its back.
 */
public final class Enrolment {
  private final DrillCatalogue catalogue;
  private final ProgressStore store;
  private final Duration settling;
  private final InstantSource clock;
  private @Nullable Seen seen;

  private record Seen(List<DrillSlug> course, Instant since) {}

  /**
   * @param settling how long a course is known here before it begins to reach anybody
   */
  public Enrolment(
      DrillCatalogue catalogue, ProgressStore store, Duration settling, InstantSource clock) {
    this.catalogue = catalogue;
    this.store = store;
    this.settling = settling;
    this.clock = clock;
  }

  /**
   * Goes on where the last call stopped.
   *
   * @param hasTime false when no more is to be begun
   * @return how many pages of learners were looked at
   */
  public int run(BooleanSupplier hasTime) {
    List<DrillSlug> course = Course.of(catalogue);
    Instant now = clock.instant();
    Seen before = seen;
    if (before == null || !before.course().equals(course)) {
      before = new Seen(course, now);
      seen = before;
    }
    boolean isSettled = !now.isBefore(before.since().plus(settling));
    return isSettled ? Course.reachLearners(course, store, hasTime) : 0;
  }
}

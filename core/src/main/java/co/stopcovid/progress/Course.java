package co.stopcovid.progress;

import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Makes published drills reach the learners who are there already. */
public final class Course {
  private static final int PAGE = 500;

  private Course() {}

  /** The published drills in the order that they are taught in. */
  public static List<DrillSlug> of(DrillCatalogue catalogue) {
    return catalogue.all().stream().map(DrillVersion::slug).toList();
  }

  static Set<DrillSlug> published(DrillCatalogue catalogue) {
    return catalogue.all().stream().map(DrillVersion::slug).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Gives every learner a row for each published drill, if that was not done already. To be called
   * by whoever applies event batches with this catalogue, before the first of them.
   *
   * @return whether there was anything to do
   */
  public static boolean reachLearners(DrillCatalogue catalogue, ProgressStore store) {
    return reachLearners(of(catalogue), store, () -> true) > 0;
  }

  /**
   * Gives learners a row for each drill of the course, and goes on where an earlier call stopped.
   *
   * @param hasTime false when no more is to be begun
   * @return how many pages of learners were looked at; 0 when the course has reached everybody
   */
  public static int reachLearners(
      List<DrillSlug> course, ProgressStore store, BooleanSupplier hasTime) {
    if (store.reachedCourse().equals(course)) {
      return 0;
    }
    Optional<LearnerId> last = store.reachedSoFar(course);
    int pages = 0;
    while (hasTime.getAsBoolean()) {
      last = store.enrol(course, last.orElse(null), PAGE);
      pages++;
      if (last.isEmpty()) {
        store.recordReached(course);
        break;
      }
      store.recordReachedSoFar(course, last.get());
    }
    return pages;
  }
}

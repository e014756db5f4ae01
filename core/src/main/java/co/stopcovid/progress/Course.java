package co.stopcovid.progress;

import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    List<DrillSlug> course = of(catalogue);
    if (store.reachedCourse().equals(course)) {
      return false;
    }
    Optional<LearnerId> last = store.enrol(course, null, PAGE);
    while (last.isPresent()) {
      last = store.enrol(course, last.get(), PAGE);
    }
    store.recordReached(course);
    return true;
  }
}

package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every learner's progress. A learner's tree changes as a whole or not at all, under the learner's
 * lock; all that one call changes is one transaction.
 */
public interface ProgressStore {
  /**
   * Applies batches by {@link ProgressRules#apply}: those of one phone number in the order of their
   * versions, each only if its version is one more than the number's. Batches that were applied
   * before are skipped. A number that is not known becomes a new learner.
   *
   * @param course the drills of a new learner, in the order they are taught in
   * @return the numbers with batches that could not be applied because earlier ones are missing,
   *     each with the version that it is at now
   */
  Map<PhoneNumber, Long> apply(Collection<EventBatch> batches, List<DrillSlug> course);

  /** The learners with these numbers, under each number asked for; unknown ones are left out. */
  Map<PhoneNumber, LearnerProgress> find(Set<PhoneNumber> phones);

  /** Unknown learners are left out. */
  Map<LearnerId, LearnerProgress> load(Set<LearnerId> learners);

  /** For those of the given numbers whose learner has several: all numbers of that learner. */
  Map<PhoneNumber, LearnerNumbers> numbersOfSeveral(Set<PhoneNumber> phones);

  /**
   * Makes a number that nothing was heard of another number of a learner. Doing it twice is once.
   *
   * @return whether it is the learner's now; false when it is of another learner, or there is no
   *     such learner
   */
  boolean link(LearnerId learner, PhoneNumber additional);

  /**
   * Gives a page of learners a row for each drill of the course that they lack, and each row its
   * place in the course. Rows of drills that are not in it stay as they are.
   *
   * @param after the last learner of the page before; null for the first page
   * @return the last learner of this page; empty when there are no more learners
   */
  Optional<LearnerId> enrol(List<DrillSlug> course, @Nullable LearnerId after, int limit);

  /** The course that was last said to have reached everybody; empty in the beginning. */
  List<DrillSlug> reachedCourse();

  /** Says that every learner has a row for each drill of the course, at its place. */
  void recordReached(List<DrillSlug> course);

  /**
   * How far a course has come that is on its way to the learners.
   *
   * @return the last learner whom it has reached; empty when it has reached nobody, or everybody
   */
  Optional<LearnerId> reachedSoFar(List<DrillSlug> course);

  /** Says that a course has reached the learners up to this one, and is on its way. */
  void recordReachedSoFar(List<DrillSlug> course, LearnerId last);

  /**
   * Puts rebuilt trees in place of the stored ones, each on condition that none of the learner's
   * numbers has been followed further than in the rebuilt tree. Rows keep their places; a row that
   * the rebuilt tree lacks stays, as of a drill that was not started.
   *
   * @return how many were written because they differed, and who has to be rebuilt again
   */
  Replaced replace(Collection<LearnerProgress> rebuilt);

  /**
   * @param written learners whose stored tree was missing or differed
   * @param outrun learners whose stored tree is ahead of the rebuilt one; nothing was written
   */
  record Replaced(Set<LearnerId> written, Set<LearnerId> outrun) {
    public Replaced {
      written = Set.copyOf(written);
      outrun = Set.copyOf(outrun);
    }
  }
}

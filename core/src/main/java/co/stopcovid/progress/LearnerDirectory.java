package co.stopcovid.progress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists learners for people who look after them. */
public interface LearnerDirectory {
  /**
   * A page of learners in the order of their ids.
   *
   * @param company only those of this one, however it is written; empty for those whose company is
   *     not known; null for all
   * @param after the last learner of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<LearnerProgress> page(@Nullable String company, @Nullable LearnerId after, int limit);

  /**
   * A page of learners whom a person should look after, as {@link ProgressRules#isSilent} says, in
   * the order of their ids.
   *
   * @param after the last learner of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<LearnerProgress> silent(@Nullable LearnerId after, int limit);
}

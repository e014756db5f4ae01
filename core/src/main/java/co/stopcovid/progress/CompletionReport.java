package co.stopcovid.progress;

import co.stopcovid.drills.DrillSlug;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the learners of each company are with each drill. */
public interface CompletionReport {
  /**
   * A page of rows, by company and then by drill. Only registered learners count.
   *
   * @param after the last row of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<Row> page(Filter filter, @Nullable Row after, int limit);

  /**
   * Whom to report on.
   *
   * @param company null for all; empty for learners whose company is not known
   * @param demo whether demo learners count
   */
  record Filter(@Nullable String company, boolean demo) {
    public static final Filter ALL = new Filter(null, false);
  }

  /**
   * One company and one drill.
   *
   * @param company empty when it is not known
   * @param learners who are to do the drill
   * @param started who started it, those who completed it among them
   */
  record Row(String company, DrillSlug drill, long learners, long started, long completed) {
    /**
     * @throws IllegalArgumentException when the counts contradict each other
     */
    public Row {
      if (completed < 0 || completed > started || started > learners) {
        throw new IllegalArgumentException(
            "of %d learners %d started and %d completed %s"
                .formatted(learners, started, completed, drill));
      }
    }

    /** From 0 to 1. */
    public double startedRate() {
      return learners == 0 ? 0 : (double) started / learners;
    }

    /** Of all learners, from 0 to 1. */
    public double completedRate() {
      return learners == 0 ? 0 : (double) completed / learners;
    }
  }
}

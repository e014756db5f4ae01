package co.stopcovid.progress;

import co.stopcovid.common.NameKey;
import co.stopcovid.drills.DrillSlug;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the learners of each company and unit are with each drill. Names that differ in case and
 * spaces only are one; see {@link NameKey}.
 */
public interface CompletionReport {
  /**
   * A page of rows, by company, then by unit, then by drill. Only registered learners count.
   *
   * @param after the last row of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<Row> page(Filter filter, @Nullable Row after, int limit);

  /**
   * Whom to report on.
   *
   * @param company null for all; empty for learners whose company is not known
   * @param unit the same
   * @param demo whether demo learners count
   */
  record Filter(@Nullable String company, @Nullable String unit, boolean demo) {
    public static final Filter ALL = new Filter(null, false);

    public Filter(@Nullable String company, boolean demo) {
      this(company, null, demo);
    }
  }

  /**
   * One unit of a company and one drill.
   *
   * @param company as one of the learners has it; empty when it is not known
   * @param unit the same
   * @param learners who are to do the drill
   * @param started who started it, those who completed it among them
   */
  record Row(
      String company, String unit, DrillSlug drill, long learners, long started, long completed) {
    /** In the order of reports. */
    public static final Comparator<Row> ORDER =
        Comparator.comparing((Row row) -> NameKey.of(row.company()))
            .thenComparing(row -> NameKey.of(row.unit()))
            .thenComparing(Row::drill);

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

    /** Of a company without units. */
    public Row(String company, DrillSlug drill, long learners, long started, long completed) {
      this(company, "", drill, learners, started, completed);
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

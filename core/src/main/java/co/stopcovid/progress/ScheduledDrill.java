package co.stopcovid.progress;

import co.stopcovid.drills.DrillSlug;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A drill that is to be started at a time.
 *
 * @param day of the scheduler's run, in UTC, or the learner's own where the learner chose the time;
 *     a learner is scheduled once a day
 * @param windowEnd from then on it is too late
 */
public record ScheduledDrill(
    LearnerId learner, LocalDate day, DrillSlug drill, Instant due, Instant windowEnd) {
  /**
   * @throws IllegalArgumentException when it is due after the window
   */
  public ScheduledDrill {
    if (!due.isBefore(windowEnd)) {
      throw new IllegalArgumentException(
          "learner %s is due at %s, after the window that ends at %s"
              .formatted(learner, due, windowEnd));
    }
  }

  /** The same drill at the time that the learner chose. Its day never becomes an earlier one. */
  ScheduledDrill at(ChosenTime.Appointment chosen) {
    LocalDate later = chosen.day().isAfter(day) ? chosen.day() : day;
    return new ScheduledDrill(learner, later, drill, chosen.due(), chosen.end());
  }

  /** The same for every attempt to start it. */
  String idempotencyKey() {
    return "scheduled/%s/%s".formatted(learner, day);
  }
}

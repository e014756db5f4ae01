package co.stopcovid.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The drills that are to be started at a time: at most one for each learner. */
public interface DrillSchedule {
  /**
   * Adds drills. A learner who was scheduled for the same day or a later one stays as scheduled,
   * even when that drill was settled; so does one whose earlier drill is neither settled nor over
   * when the new one is due.
   *
   * @return how many were added
   */
  int add(Collection<ScheduledDrill> drills);

  /**
   * Drills that are due and not settled, the earliest first, which no one else gets within the
   * lease. What is not settled by then can be claimed again.
   *
   * @return at most limit; fewer only when there are no more
   */
  List<ScheduledDrill> claim(Instant now, Duration lease, int limit);

  /**
   * Puts drills off: a learner's drill that is not settled gets day, due time and window of the one
   * given, and its claim ends. One that was rescheduled for a later day meanwhile is left alone.
   */
  void putOff(Collection<ScheduledDrill> drills);

  /** Ends the schedule of these drills. One that was rescheduled meanwhile is left alone. */
  void settle(Collection<ScheduledDrill> drills);
}

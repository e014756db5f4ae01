package co.stopcovid.progress;

import java.time.Instant;
import java.util.List;

/** The drills of a {@link DrillSchedule} that are still to be started, for people. */
@FunctionalInterface
public interface UpcomingDrills {
  /** Those that are due before a time and not settled, the earliest first; at most limit. */
  List<ScheduledDrill> until(Instant time, int limit);
}

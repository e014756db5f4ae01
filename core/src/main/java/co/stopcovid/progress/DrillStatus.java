package co.stopcovid.progress;

import co.stopcovid.drills.DrillSlug;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a learner is with one drill.
 *
 * @param place in the sequence of the course, from 0; the slug decides between equal places
 * @param instanceId the last run of the drill; null before the first
 * @param startedTime of the last run; null when it was not started
 * @param completedTime of the last run that was completed
 */
public record DrillStatus(
    DrillSlug drill,
    int place,
    @Nullable UUID instanceId,
    @Nullable Instant startedTime,
    @Nullable Instant completedTime)
    implements Comparable<DrillStatus> {
  public static DrillStatus notStarted(DrillSlug drill, int place) {
    return new DrillStatus(drill, place, null, null, null);
  }

  public boolean isStarted() {
    return startedTime != null;
  }

  public boolean isCompleted() {
    return completedTime != null;
  }

  DrillStatus at(int newPlace) {
    return new DrillStatus(drill, newPlace, instanceId, startedTime, completedTime);
  }

  DrillStatus started(UUID instance, Instant time) {
    return new DrillStatus(drill, place, instance, time, completedTime);
  }

  DrillStatus completed(Instant time) {
    return new DrillStatus(drill, place, instanceId, startedTime, time);
  }

  DrillStatus reset() {
    return notStarted(drill, place);
  }

  @Override
  public int compareTo(DrillStatus other) {
    int byPlace = Integer.compare(place, other.place);
    return byPlace != 0 ? byPlace : drill.compareTo(other.drill);
  }
}

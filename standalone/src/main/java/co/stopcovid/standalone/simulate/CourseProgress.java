package co.stopcovid.standalone.simulate;

import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.DialogEvent.AdvancedToNextPrompt;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.DrillCompleted;
import co.stopcovid.dialog.DialogEvent.DrillStarted;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.dialog.DialogEvent.NextDrillRequested;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.ReminderTriggered;
import co.stopcovid.dialog.DialogEvent.UserUpdated;
import co.stopcovid.dialog.DialogEvent.UserValidated;
import co.stopcovid.dialog.DialogEvent.UserValidationFailed;
import co.stopcovid.drills.DrillSlug;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far one learner is with all drills, as the progress context would have it. */
final class CourseProgress {
  /** How far a learner is with one drill. */
  enum Status {
    NOT_STARTED,
    STARTED,
    COMPLETED
  }

  private final SequencedMap<DrillSlug, Status> drills = new LinkedHashMap<>();
  private final Map<UUID, DrillSlug> instances = new HashMap<>();

  /**
   * @param slugs in the order the drills are taught
   */
  CourseProgress(Collection<DrillSlug> slugs) {
    slugs.forEach(slug -> drills.put(slug, Status.NOT_STARTED));
  }

  void apply(DialogEvent event) {
    switch (event) {
      case UserValidated e -> {
        drills.replaceAll((slug, status) -> Status.NOT_STARTED);
        instances.clear();
      }
      case DrillStarted e -> {
        instances.put(e.drillInstanceId(), e.drill().slug());
        drills.computeIfPresent(
            e.drill().slug(),
            (slug, status) -> status == Status.COMPLETED ? status : Status.STARTED);
      }
      case DrillCompleted e -> set(instances.get(e.drillInstanceId()), Status.COMPLETED);
      case OptedOut e -> leave(e.drillInstanceId());
      case UserUpdated e -> {
        if (e.purgeDrillState()) {
          leave(e.drillInstanceId());
        }
      }
      case AdHocMessageSent e -> {}
      case ReminderTriggered e -> {}
      case UserValidationFailed e -> {}
      case CompletedPrompt e -> {}
      case FailedPrompt e -> {}
      case AdvancedToNextPrompt e -> {}
      case NextDrillRequested e -> {}
    }
  }

  private void leave(@Nullable UUID instance) {
    DrillSlug left = instance == null ? null : instances.remove(instance);
    if (left != null && drills.get(left) == Status.STARTED) {
      set(left, Status.NOT_STARTED);
    }
  }

  private void set(@Nullable DrillSlug slug, Status status) {
    if (slug != null) {
      drills.replace(slug, status);
    }
  }

  /** The first drill not started, else the first not completed; empty when all are done. */
  Optional<DrillSlug> next() {
    return first(Status.NOT_STARTED).or(() -> first(Status.STARTED));
  }

  private Optional<DrillSlug> first(Status status) {
    return drills.entrySet().stream()
        .filter(drill -> drill.getValue() == status)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Of each drill, in order. */
  SequencedMap<DrillSlug, Status> statuses() {
    return Collections.unmodifiableSequencedMap(drills);
  }

  long completed() {
    return drills.values().stream().filter(Status.COMPLETED::equals).count();
  }
}

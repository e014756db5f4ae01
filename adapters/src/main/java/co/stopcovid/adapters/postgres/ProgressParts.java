package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.postgres.ProgressReader.ByLearner;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The parts of learners' trees that event batches name. Most answers name an instance and nothing
 * else, so that no status is read.
 */
final class ProgressParts {
  private final Set<LearnerId> whole = new HashSet<>();
  private final Set<LearnerId> withStatuses = new HashSet<>();
  private final Map<LearnerId, Set<DrillSlug>> started = new HashMap<>();
  private final Set<UUID> instanceIds = new HashSet<>();
  private final ByLearner<DrillStatus> statuses = new ByLearner<>();
  private final ByLearner<DrillInstance> instances = new ByLearner<>();

  private ProgressParts() {}

  static ProgressParts read(ProgressReader reader, Map<LearnerId, List<EventBatch>> due)
      throws SQLException {
    var parts = new ProgressParts();
    due.forEach(
        (learner, batches) ->
            batches.forEach(batch -> batch.events().forEach(event -> parts.note(learner, event))));
    parts.read(reader);
    return parts;
  }

  /** Whether batches of a learner name nothing but instances that are in the tree. */
  static boolean areInstancesOf(LearnerProgress tree, Collection<EventBatch> batches) {
    var parts = new ProgressParts();
    batches.forEach(batch -> batch.events().forEach(event -> parts.note(tree.id(), event)));
    return parts.whole.isEmpty()
        && parts.withStatuses.isEmpty()
        && parts.instanceIds.stream().allMatch(id -> tree.instance(id).isPresent());
  }

  List<DrillStatus> statuses(LearnerId learner) {
    return statuses.of(learner);
  }

  List<DrillInstance> instances(LearnerId learner) {
    return instances.of(learner);
  }

  private void note(LearnerId learner, DialogEvent event) {
    switch (event) {
      case DialogEvent.UserValidated e -> whole.add(learner);
      case DialogEvent.DrillStarted e -> {
        instanceIds.add(e.drillInstanceId());
        withStatuses.add(learner);
        started.computeIfAbsent(learner, first -> new HashSet<>()).add(e.drill().slug());
      }
      case DialogEvent.DrillCompleted e -> {
        instanceIds.add(e.drillInstanceId());
        withStatuses.add(learner);
      }
      case DialogEvent.OptedOut e -> noteEnd(learner, e.drillInstanceId());
      case DialogEvent.UserUpdated e -> {
        if (e.purgeDrillState()) {
          noteEnd(learner, e.drillInstanceId());
        }
      }
      case DialogEvent.AdHocMessageSent e -> {}
      case DialogEvent.CompletedPrompt e -> instanceIds.add(e.drillInstanceId());
      case DialogEvent.FailedPrompt e -> instanceIds.add(e.drillInstanceId());
      case DialogEvent.AdvancedToNextPrompt e -> instanceIds.add(e.drillInstanceId());
      case DialogEvent.ReminderTriggered e -> {}
      case DialogEvent.UserValidationFailed e -> {}
      case DialogEvent.NextDrillRequested e -> {}
    }
  }

  private void noteEnd(LearnerId learner, @Nullable UUID instance) {
    if (instance != null) {
      instanceIds.add(instance);
      withStatuses.add(learner);
    }
  }

  private void read(ProgressReader reader) throws SQLException {
    withStatuses.removeAll(whole);
    if (!instanceIds.isEmpty()) {
      instances.addAll(reader.instances(instanceIds));
    }
    if (!withStatuses.isEmpty()) {
      Set<DrillSlug> drills = new HashSet<>();
      started.values().forEach(drills::addAll);
      statuses.addAll(reader.statusesOf(withStatuses, drills, instanceIds));
    }
    // A drill without a row gets one at its place, for which all rows have to be known.
    Set<LearnerId> lacking = new HashSet<>(whole);
    for (LearnerId learner : withStatuses) {
      Set<DrillSlug> rows = new HashSet<>();
      statuses.of(learner).forEach(status -> rows.add(status.drill()));
      if (!rows.containsAll(started.getOrDefault(learner, Set.of()))) {
        lacking.add(learner);
      }
    }
    if (!lacking.isEmpty()) {
      statuses.addAll(reader.statusesOf(lacking));
    }
    if (!whole.isEmpty()) {
      instances.addAll(reader.instancesOf(whole));
    }
  }
}

package co.stopcovid.progress;

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
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillSlug;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * How events change a learner's progress, and what comes next. Everything here is a function of its
 * arguments. Only what an event names is looked at, so that a store may load no more than that: a
 * batch with {@code USER_VALIDATED} needs all statuses and instances, any other the instances that
 * it names and the statuses of the drills that it starts, completes or ends. A drill that is
 * started and has no status needs all statuses. Of the profile only {@code validated} is looked at.
 */
public final class ProgressRules {
  private ProgressRules() {}

  /**
   * The progress after a batch of one of the learner's numbers. Total: an event that does not fit
   * changes nothing but the time of the last interaction.
   */
  public static LearnerProgress apply(LearnerProgress progress, EventBatch batch) {
    LearnerPhone phone =
        progress
            .phone(batch.phone())
            .orElseThrow(
                () -> new IllegalArgumentException(batch.phone() + " is not of " + progress));
    LearnerProgress next = progress.withPhone(phone.after(batch));
    if (isLastWord(progress, batch)) {
      next = next.withProfile(batch.profile());
    }
    for (DialogEvent event : batch.events()) {
      next = apply(next, batch, event).withUnasked(heard(next.unasked(), event));
      if (isInteraction(event)) {
        next = next.withLastInteracted(event.createdTime());
      }
    }
    return next;
  }

  /** A number that is not registered says nothing about a learner who is, on another one. */
  private static boolean isLastWord(LearnerProgress progress, EventBatch batch) {
    return !batch.createdTime().isBefore(progress.lastInteractedTime())
        && (batch.profile().validated() || !progress.profile().validated());
  }

  /** What the engine or a person does apart from drills says nothing of the learner. */
  private static boolean isInteraction(DialogEvent event) {
    boolean apart =
        event instanceof AdHocMessageSent
            || (event instanceof UserUpdated update && !update.isByLearner());
    return !apart;
  }

  /** What an event says of sessions and answers. Whatever the learner writes is an answer. */
  private static UnaskedSessions heard(UnaskedSessions unasked, DialogEvent event) {
    return switch (event) {
      case DrillStarted e ->
          e.cause() == StartCause.SCHEDULED ? unasked.started(e.createdTime()) : unasked;
      case CompletedPrompt e -> unasked.answered();
      case FailedPrompt e -> unasked.answered();
      case NextDrillRequested e -> unasked.answered();
      case UserValidated e -> unasked.answered();
      case UserValidationFailed e -> unasked.answered();
      case OptedOut e -> unasked.answered();
      case UserUpdated e -> e.isByLearner() ? unasked.answered() : unasked;
      case AdHocMessageSent e -> e.reply() && e.sentBy() == null ? unasked.answered() : unasked;
      case ReminderTriggered e -> unasked;
      case AdvancedToNextPrompt e -> unasked;
      case DrillCompleted e -> unasked;
    };
  }

  private static LearnerProgress apply(
      LearnerProgress progress, EventBatch batch, DialogEvent event) {
    return switch (event) {
      case DrillStarted e -> started(progress, batch, e);
      case CompletedPrompt e -> answered(progress, e.drillInstanceId(), e.createdTime());
      case FailedPrompt e -> answered(progress, e.drillInstanceId(), e.createdTime());
      case AdvancedToNextPrompt e ->
          withInstance(
              progress,
              e.drillInstanceId(),
              instance -> instance.advanced(e.prompt(), e.createdTime()));
      case DrillCompleted e -> completed(progress, e);
      case UserValidated e -> reset(progress);
      case OptedOut e ->
          e.drillInstanceId() == null ? progress : left(progress, e.drillInstanceId());
      case UserUpdated e ->
          e.purgeDrillState() && e.drillInstanceId() != null
              ? left(progress, e.drillInstanceId())
              : progress;
      case AdHocMessageSent e -> progress;
      case ReminderTriggered e -> progress;
      case UserValidationFailed e -> progress;
      case NextDrillRequested e -> progress;
    };
  }

  private static LearnerProgress started(
      LearnerProgress progress, EventBatch batch, DrillStarted event) {
    DrillSlug drill = event.drill().slug();
    UUID id = event.drillInstanceId();
    List<DrillInstance> instances = new ArrayList<>(progress.instances());
    instances.removeIf(instance -> instance.id().equals(id));
    instances.add(
        DrillInstance.started(id, batch.phone(), drill, event.prompt(), event.createdTime()));
    LearnerProgress next = withRow(progress, drill).withInstances(instances);
    return withStatuses(
        next,
        status -> status.drill().equals(drill) ? status.started(id, event.createdTime()) : status);
  }

  /** A drill that was published after this learner was enrolled may be started before its row. */
  private static LearnerProgress withRow(LearnerProgress progress, DrillSlug drill) {
    if (progress.status(drill).isPresent()) {
      return progress;
    }
    List<DrillStatus> statuses = new ArrayList<>(progress.statuses());
    int place =
        (int) statuses.stream().filter(status -> status.drill().compareTo(drill) < 0).count();
    statuses.add(DrillStatus.notStarted(drill, place));
    return progress.withStatuses(statuses);
  }

  private static LearnerProgress answered(LearnerProgress progress, UUID instanceId, Instant time) {
    return withInstance(progress, instanceId, instance -> instance.answered(time));
  }

  private static LearnerProgress completed(LearnerProgress progress, DrillCompleted event) {
    UUID id = event.drillInstanceId();
    LearnerProgress next =
        withInstance(progress, id, instance -> instance.completed(event.createdTime()));
    return withStatuses(
        next,
        status -> id.equals(status.instanceId()) ? status.completed(event.createdTime()) : status);
  }

  private static LearnerProgress reset(LearnerProgress progress) {
    return withStatuses(progress, DrillStatus::reset)
        .withInstances(LearnerProgress.replace(progress.instances(), DrillInstance::invalidated));
  }

  /** A drill that was completed in an earlier run stays started: it was not un-learnt. */
  private static LearnerProgress left(LearnerProgress progress, UUID instanceId) {
    LearnerProgress next = withInstance(progress, instanceId, DrillInstance::invalidated);
    return withStatuses(
        next,
        status ->
            instanceId.equals(status.instanceId()) && !status.isCompleted()
                ? status.reset()
                : status);
  }

  private static LearnerProgress withInstance(
      LearnerProgress progress, UUID id, UnaryOperator<DrillInstance> change) {
    return progress.withInstances(
        LearnerProgress.replace(
            progress.instances(),
            instance -> instance.id().equals(id) ? change.apply(instance) : instance));
  }

  private static LearnerProgress withStatuses(
      LearnerProgress progress, UnaryOperator<DrillStatus> change) {
    return progress.withStatuses(LearnerProgress.replace(progress.statuses(), change));
  }

  /**
   * The next drill: the first that was not started, else the first that was not completed.
   *
   * @param published others are not started any more
   * @return empty when the learner has finished
   */
  public static Optional<DrillSlug> nextDrill(LearnerProgress progress, Set<DrillSlug> published) {
    List<DrillStatus> open =
        progress.statuses().stream()
            .filter(status -> published.contains(status.drill()) && !status.isCompleted())
            .toList();
    return open.stream()
        .filter(status -> !status.isStarted())
        .findFirst()
        .or(() -> open.stream().findFirst())
        .map(DrillStatus::drill);
  }

  /**
   * Whether the scheduler starts a drill for this learner: nothing was heard since a given time,
   * and there may be a session.
   */
  public static boolean isInactive(
      LearnerProgress progress, Instant since, Set<DrillSlug> published) {
    return !progress.lastInteractedTime().isAfter(since) && mayHaveSession(progress, published);
  }

  /** At least one drill was started, one is left, and there is a number to send it to. */
  static boolean mayHaveSession(LearnerProgress progress, Set<DrillSlug> published) {
    return progress.reachableAt().isPresent()
        && progress.statuses().stream().anyMatch(DrillStatus::isStarted)
        && nextDrill(progress, published).isPresent();
  }

  /**
   * Whether the current prompt of an instance waits for a learner who may be written to: its drill
   * is under way, and the learner is not silent.
   */
  public static boolean mayBeReminded(LearnerProgress progress, DrillInstance instance) {
    return isUnderWay(progress, instance)
        && progress.unasked().silence().allowsReminders()
        && !progress.profile().optedOut()
        && progress.phone(instance.phone()).map(LearnerPhone::isReachable).orElse(false);
  }

  /** Whether a learner who may be written to has fallen silent. */
  public static boolean isSilent(LearnerProgress progress) {
    return progress.unasked().silence() != Silence.NONE && progress.reachableAt().isPresent();
  }

  /** A drill that another one replaced on the same number is not asked about any more. */
  private static boolean isUnderWay(LearnerProgress progress, DrillInstance instance) {
    return instance.isWaiting()
        && progress.instances().stream()
            .noneMatch(
                other ->
                    other.phone().equals(instance.phone())
                        && other.promptStartTime().isAfter(instance.promptStartTime()));
  }

  /** Whether the learner answered a prompt that leads to another one after a given time. */
  public static boolean isInMiddleOfDrill(LearnerProgress progress, Instant since) {
    return progress.instances().stream()
        .anyMatch(instance -> instance.isWaiting() && instance.waitingSince().isAfter(since));
  }

  /**
   * Whether a scheduled drill must not be started any more: the day's window is over, the learner's
   * next drill is another by now, or nothing may be sent to the learner.
   */
  public static boolean isStale(
      ScheduledDrill scheduled, LearnerProgress progress, Set<DrillSlug> published, Instant now) {
    return !now.isBefore(scheduled.windowEnd())
        || progress.reachableAt().isEmpty()
        || !nextDrill(progress, published).equals(Optional.of(scheduled.drill()));
  }

  /**
   * Whether a drill that was asked for at a given time was started since, so that a repeated
   * request needs no answer.
   */
  static boolean isAnswered(LearnerProgress progress, EventBatch request) {
    return progress.statuses().stream()
        .map(DrillStatus::startedTime)
        .anyMatch(started -> started != null && started.isAfter(request.createdTime()));
  }
}

package co.stopcovid.dialog;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened in a learner's conversation. */
public sealed interface DialogEvent {
  Instant createdTime();

  /** A drill began with its first prompt. The event stands for the whole drill in that version. */
  record DrillStarted(
      Instant createdTime, UUID drillInstanceId, DrillVersion drill, PromptSlug prompt)
      implements DialogEvent {}

  record ReminderTriggered(Instant createdTime, UUID drillInstanceId, PromptSlug prompt)
      implements DialogEvent {}

  /** The learner gave a registration code. */
  record UserValidated(Instant createdTime, boolean isDemo, AccountInfo accountInfo)
      implements DialogEvent {}

  record UserValidationFailed(Instant createdTime) implements DialogEvent {}

  /** The answer was right, or any would do. */
  record CompletedPrompt(
      Instant createdTime, UUID drillInstanceId, PromptSlug prompt, String response)
      implements DialogEvent {}

  /**
   * The answer was wrong.
   *
   * @param abandoned there is no further try: the drill goes on
   */
  record FailedPrompt(
      Instant createdTime,
      UUID drillInstanceId,
      PromptSlug prompt,
      String response,
      boolean abandoned)
      implements DialogEvent {}

  record AdvancedToNextPrompt(Instant createdTime, UUID drillInstanceId, PromptSlug prompt)
      implements DialogEvent {}

  record DrillCompleted(Instant createdTime, UUID drillInstanceId) implements DialogEvent {}

  /** The learner asked for another drill, and opted back in by it. */
  record NextDrillRequested(Instant createdTime) implements DialogEvent {}

  /**
   * The learner wants no more messages.
   *
   * @param drillInstanceId the drill that ended by it; null when there was none
   */
  record OptedOut(Instant createdTime, @Nullable UUID drillInstanceId) implements DialogEvent {}
}

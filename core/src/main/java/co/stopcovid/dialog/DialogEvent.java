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
      Instant createdTime,
      UUID drillInstanceId,
      DrillVersion drill,
      PromptSlug prompt,
      StartCause cause)
      implements DialogEvent {
    /** A scheduled start. */
    public DrillStarted(
        Instant createdTime, UUID drillInstanceId, DrillVersion drill, PromptSlug prompt) {
      this(createdTime, drillInstanceId, drill, prompt, StartCause.SCHEDULED);
    }
  }

  /**
   * The learner is reminded of a prompt.
   *
   * @param step 1 for the first reminder of the prompt
   */
  record ReminderTriggered(Instant createdTime, UUID drillInstanceId, PromptSlug prompt, int step)
      implements DialogEvent {
    /** The first reminder. */
    public ReminderTriggered(Instant createdTime, UUID drillInstanceId, PromptSlug prompt) {
      this(createdTime, drillInstanceId, prompt, 1);
    }
  }

  /** The learner gave a registration code. */
  record UserValidated(Instant createdTime, boolean isDemo, AccountInfo accountInfo)
      implements DialogEvent {}

  record UserValidationFailed(Instant createdTime) implements DialogEvent {}

  /**
   * The answer was right, or any would do.
   *
   * @param stored what is kept in the profile, where it is not the response; else null
   * @param choice the label of the option that the reply named, as graded then; else null
   */
  record CompletedPrompt(
      Instant createdTime,
      UUID drillInstanceId,
      PromptSlug prompt,
      String response,
      @Nullable String stored,
      @Nullable String choice)
      implements DialogEvent {
    public CompletedPrompt(
        Instant createdTime, UUID drillInstanceId, PromptSlug prompt, String response) {
      this(createdTime, drillInstanceId, prompt, response, null, null);
    }
  }

  /**
   * The answer was wrong, or could not be understood.
   *
   * @param abandoned there is no further try: the drill goes on
   * @param understood whether it was understood, as graded then
   * @param choice the label of the option that the reply named, as graded then; else null
   * @param feedback the label of the prompt's own answer to this wrong reply; null for none
   */
  record FailedPrompt(
      Instant createdTime,
      UUID drillInstanceId,
      PromptSlug prompt,
      String response,
      boolean abandoned,
      boolean understood,
      @Nullable String choice,
      @Nullable String feedback)
      implements DialogEvent {
    /** A wrong answer that names no option. */
    public FailedPrompt(
        Instant createdTime,
        UUID drillInstanceId,
        PromptSlug prompt,
        String response,
        boolean abandoned) {
      this(createdTime, drillInstanceId, prompt, response, abandoned, true, null, null);
    }
  }

  record AdvancedToNextPrompt(Instant createdTime, UUID drillInstanceId, PromptSlug prompt)
      implements DialogEvent {}

  record DrillCompleted(Instant createdTime, UUID drillInstanceId) implements DialogEvent {}

  /** The learner asked for another drill, and opted back in by it. */
  record NextDrillRequested(Instant createdTime) implements DialogEvent {}

  /**
   * The learner wants no more messages.
   *
   * @param drillInstanceId the drill that ended by it; null when there was none
   * @param confirmedByProvider the SMS provider told the learner so, and the engine need not
   */
  record OptedOut(Instant createdTime, @Nullable UUID drillInstanceId, boolean confirmedByProvider)
      implements DialogEvent {}

  /**
   * Something was said apart from drills.
   *
   * @param reply whether it answers what the learner wrote just now
   * @param sentBy the person who said it; null: the engine
   */
  record AdHocMessageSent(
      Instant createdTime, AdHocText text, boolean reply, @Nullable String sentBy)
      implements DialogEvent {}

  /**
   * The profile was changed.
   *
   * @param purgeDrillState whether the drill under way ended by it
   * @param sentBy the person who changed it; null: the learner
   * @param drillInstanceId the drill under way then; null for none
   * @param prompt the prompt that waited then; null for none
   */
  record UserUpdated(
      Instant createdTime,
      ProfileChanges changes,
      boolean purgeDrillState,
      @Nullable String sentBy,
      @Nullable UUID drillInstanceId,
      @Nullable PromptSlug prompt)
      implements DialogEvent {
    public boolean isByLearner() {
      return sentBy == null;
    }
  }
}

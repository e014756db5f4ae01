package co.stopcovid.dialog;

import org.jspecify.annotations.Nullable;

/** What became of one command of a batch. */
public sealed interface Outcome {
  /**
   * Its events are stored.
   *
   * @param before the state that it was decided on
   */
  record Committed(DialogState before, EventBatch batch) implements Outcome {}

  /** It came to nothing, for a good reason. */
  record Nothing(Decision.NoEvents reason) implements Outcome {}

  /** Its number is not above the learner's: it was processed before, or a later one was. */
  record AlreadyProcessed() implements Outcome {}

  /** It can never succeed and belongs to the dead letters. */
  record Rejected(String reason) implements Outcome {}

  /**
   * It must be tried again later, before any later command of the same learner.
   *
   * @param awaited the code whose verdict it waits for, which may be there in a moment; null when
   *     it waits for something else
   */
  record TryLater(String reason, @Nullable RegistrationCode awaited) implements Outcome {
    public TryLater(String reason) {
      this(reason, null);
    }
  }
}

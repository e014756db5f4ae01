package co.stopcovid.dialog;

import java.time.Instant;

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

  /** It must be tried again later, before any later command of the same learner. */
  record TryLater(String reason, Wait until) implements Outcome {
    public TryLater(String reason) {
      this(reason, new Wait.OutOfReach());
    }
  }

  /** What a command waits for. */
  sealed interface Wait {
    /** That something works again: nobody knows when. */
    record OutOfReach() implements Wait {}

    /** The verdict on a code, which may be there in a moment. */
    record Verdict(RegistrationCode code) implements Wait {}

    record Until(Instant time) implements Wait {}
  }
}

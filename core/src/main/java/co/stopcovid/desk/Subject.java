package co.stopcovid.desk;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.progress.LearnerId;

/** On whom or what something is done, as the audit log has it: no numbers, names or texts. */
sealed interface Subject {
  record Learner(LearnerId id) implements Subject {}

  record Learners(int count) implements Subject {}

  record Message(LearnerId learner, SequenceNumber seq) implements Subject {}

  /**
   * @param message without the number
   */
  record HeldMessage(LearnerId learner, String message) implements Subject {}

  /** Of several learners. */
  record HeldMessages() implements Subject {}

  record DeadLetter(long id) implements Subject {}

  /** Codes are secret. */
  record Codes(int count) implements Subject {}

  record Everything() implements Subject {}

  default String text() {
    return switch (this) {
      case Learner(LearnerId id) -> "learner " + id;
      case Learners(int count) -> count + " learners";
      case Message(LearnerId learner, SequenceNumber seq) ->
          "message %s of learner %s".formatted(seq, learner);
      case HeldMessage(LearnerId learner, String message) ->
          "message %s to learner %s".formatted(message, learner);
      case HeldMessages() -> "held back messages";
      case DeadLetter(long id) -> "dead letter " + id;
      case Codes(int count) -> count == 1 ? "1 code" : count + " codes";
      case Everything() -> "everything";
    };
  }
}

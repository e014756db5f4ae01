package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;

/** Something that operators should hear of; it stops nothing. None holds a learner's words. */
public sealed interface Notice {
  /** A command went to the dead letters unread. */
  record CommandMalformed(SequenceNumber seq, String reason) implements Notice {}

  /** A command went to the dead letters. */
  record CommandRejected(SequenceNumber seq, String reason) implements Notice {}

  /** A command failed for a reason of its own, and goes to the dead letters. */
  record CommandFailed(SequenceNumber seq, Throwable failure) implements Notice {}

  /** A command is tried again later. */
  record CommandWaits(SequenceNumber seq, PhoneNumber phone, String reason) implements Notice {}

  /**
   * A consumer of the events leaves a learner where he is.
   *
   * @param consumer by the name that its dead letters have
   */
  record LearnerPassedOver(String consumer, PhoneNumber phone, String reason) implements Notice {}

  /** A dead letter was not taken by its consumer, and stays. */
  record RedriveFailed(String source, String id, Throwable failure) implements Notice {}
}

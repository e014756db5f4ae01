package co.stopcovid.sms;

/** What a message is to its learner. It decides when the message may go out, and for how long. */
public enum MessageKind {
  /** Answers what the learner wrote. Only these may go out in the learner's night. */
  REPLY,
  /** Starts a drill that the learner did not ask for just now. */
  START,
  /** Reminds of a prompt. Worth nothing once the learner has written. */
  REMINDER,
  /** Words of a person, which the learner did not ask for. */
  NOTE
}

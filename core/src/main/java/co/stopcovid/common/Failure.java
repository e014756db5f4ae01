package co.stopcovid.common;

/** An exception that says what it is to those who go on after it, whichever adapter throws it. */
public interface Failure {
  Kind kind();

  /** For a dead letter: nothing of a learner's data. */
  default String reason() {
    return this instanceof Throwable failure ? String.valueOf(failure.getMessage()) : toString();
  }

  /** What is to be done after a failure. */
  enum Kind {
    /** Something that all need is out of reach: the same can be tried again later. */
    OUTAGE,
    /** Some learner's data is refused or cannot be read, and will be again, alone. */
    DATA,
    /** Another process or writer was first, or has taken over. */
    CONFLICT,
    /** Newer content or a newer program is needed. What needs neither does not have to wait. */
    NOT_YET,
    /** None of these: a bug that this very work meets. */
    BUG;

    /** Whether the same may succeed later as it is, so that nothing may be given up for it. */
    public boolean mayPass() {
      return this == OUTAGE || this == CONFLICT || this == NOT_YET;
    }
  }

  /** The kind that the first among a failure and its causes gives that says one. */
  static Kind kindOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure known) {
        return known.kind();
      }
    }
    return Kind.BUG;
  }

  /** Why something cannot be taken, for a dead letter: nothing of a learner's data. */
  static String reasonOf(Throwable failure) {
    return failure instanceof Failure known
        ? known.reason()
        : "failed: " + failure.getClass().getName();
  }
}

package co.stopcovid.dialog;

import java.util.Locale;
import java.util.Optional;

/** Why a drill starts. */
public enum StartCause {
  /** The learner has just registered. */
  REGISTERED,
  /** The learner asked for more. */
  REQUESTED,
  /** It is the learner's next session. */
  SCHEDULED,
  /** A person started it. */
  OPERATOR;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The cause in JSON: {@code registered}. */
  public String wireName() {
    return wireName;
  }

  public static Optional<StartCause> find(String wireName) {
    for (StartCause cause : values()) {
      if (cause.wireName.equals(wireName)) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the start answers what the learner wrote just now, so that the hour does not matter.
   */
  public boolean isReply() {
    return switch (this) {
      case REGISTERED, REQUESTED -> true;
      case SCHEDULED, OPERATOR -> false;
    };
  }
}

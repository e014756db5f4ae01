package co.stopcovid.desk;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a person did, or tried to do.
 *
 * @param by the name of the person
 * @param operation an operation's wire name; of an older or newer program it may be none of ours
 * @param on whom or what; learners by their ids
 */
public record AuditEntry(Instant time, String by, String operation, String on, Outcome outcome) {
  /** What came of it. */
  public enum Outcome {
    DONE,
    REFUSED,
    /** It broke off, so that it may be done or not. */
    FAILED;

    /** In JSON and in tables: {@code done}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Outcome> find(String wireName) {
      for (Outcome outcome : values()) {
        if (outcome.wireName().equals(wireName)) {
          return Optional.of(outcome);
        }
      }
      return Optional.empty();
    }
  }
}

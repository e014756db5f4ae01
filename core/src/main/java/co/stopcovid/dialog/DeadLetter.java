package co.stopcovid.dialog;

import java.time.Instant;

/**
 * Something that cannot be processed, kept whole for a person to decide on.
 *
 * @param source where it came from, such as {@code commands}
 * @param sourceId its name there, such as the command's number
 * @param payload as it came
 * @param reason why it cannot be processed, for a person
 */
public record DeadLetter(
    String source, String sourceId, String payload, String reason, Instant createdTime) {
  public static final String COMMANDS = "commands";

  /** A learner whose progress stands still; the payload is the phone number. */
  public static final String PROGRESS = "progress";

  /** A learner whose messages cannot be written; the payload is the phone number. */
  public static final String MESSAGES = "messages";

  /**
   * A message whose row cannot be read, so that its learner gets none; the payload is the number.
   */
  public static final String SENDING = "sending";

  /** Without the payload, which is private. */
  @Override
  public String toString() {
    return "DeadLetter[%s %s: %s]".formatted(source, sourceId, reason);
  }
}

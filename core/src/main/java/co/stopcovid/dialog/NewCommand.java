package co.stopcovid.dialog;

import org.jspecify.annotations.Nullable;

/**
 * A command that a stream is to carry.
 *
 * @param idempotencyKey the sender's name for it, at most {@value #LONGEST_KEY} UTF-16 units: what
 *     is sent again under the same key is the same command. Null: it is never a repeat
 */
public record NewCommand(DialogCommand command, @Nullable String idempotencyKey) {
  public static final int LONGEST_KEY = 200;

  /**
   * @throws IllegalArgumentException when the key is empty or too long
   */
  public NewCommand {
    if (idempotencyKey != null
        && (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY)) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to %d characters".formatted(LONGEST_KEY));
    }
  }

  public NewCommand(DialogCommand command) {
    this(command, null);
  }
}

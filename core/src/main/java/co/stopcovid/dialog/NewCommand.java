package co.stopcovid.dialog;

import org.jspecify.annotations.Nullable;

/**
 * A command that has no sequence number yet.
 *
 * @param idempotencyKey the same for each attempt to append the same command; null when each is a
 *     command of its own
 */
public record NewCommand(DialogCommand command, @Nullable String idempotencyKey) {
  /** Without the key, which may hold a phone number. */
  @Override
  public String toString() {
    return "NewCommand[%s]".formatted(command);
  }
}

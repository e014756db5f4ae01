package co.stopcovid.dialog;

import java.util.List;

/**
 * Carries commands to the dialog, those of one learner in the order in which they were appended.
 */
public interface CommandStream {
  /**
   * Appends commands durably, all or none. A command with an idempotency key that the stream has
   * carried before is left out.
   */
  void append(List<NewCommand> commands);
}

package co.stopcovid.dialog;

import co.stopcovid.common.SequenceNumber;
import java.util.List;

/**
 * Takes commands in and numbers them. Of one learner's commands the one appended first has the
 * lower number, and readers see it first.
 */
public interface CommandStream {
  /**
   * Appends commands in the order given and returns when they are safe from a crash. If this fails,
   * some may be there and some not; those with a key can simply be appended again.
   *
   * @return the number of each; for a key that was used before that of the first command with it
   * @throws OverloadedException when too much waits already; nothing was appended
   */
  List<SequenceNumber> append(List<NewCommand> commands);
}

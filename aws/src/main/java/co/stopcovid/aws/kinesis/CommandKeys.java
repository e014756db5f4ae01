package co.stopcovid.aws.kinesis;

import co.stopcovid.common.SequenceNumber;
import java.util.Map;
import java.util.Set;

/**
 * Which command an idempotency key belongs to: the first that claimed it, until the claim expires.
 * Kinesis may carry a command twice; only the one that holds its key is handled.
 */
public interface CommandKeys {
  /** The holders of those keys that have one. */
  Map<String, SequenceNumber> find(Set<String> keys);

  /**
   * Claims keys for commands. Who holds a key already keeps it, and may claim it again.
   *
   * @param numbers the number of the command that claims each key
   * @return the holder of each of the keys, from now on
   */
  Map<String, SequenceNumber> claim(Map<String, SequenceNumber> numbers);
}

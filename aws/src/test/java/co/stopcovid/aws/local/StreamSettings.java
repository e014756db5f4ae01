package co.stopcovid.aws.local;

/**
 * How a function is called for a stream, as the settings of Lambda's event source mappings.
 *
 * @param batchSize the most records an invocation gets
 * @param bisectsOnError whether a batch that fails as a whole is tried again in halves
 * @param mostRetries how often a batch is tried again before it is given up; {@link #FOR_EVER}
 */
public record StreamSettings(int batchSize, boolean bisectsOnError, int mostRetries) {
  public static final int FOR_EVER = -1;

  /** Lambda's own: 100 records, tried until they succeed. */
  public static final StreamSettings DEFAULT = new StreamSettings(100, false, FOR_EVER);

  public StreamSettings {
    if (batchSize < 1 || mostRetries < FOR_EVER) {
      throw new IllegalArgumentException(
          "batches of %d, %d retries".formatted(batchSize, mostRetries));
    }
  }

  boolean allowsRetryAfter(int attempts) {
    return mostRetries == FOR_EVER || attempts <= mostRetries;
  }
}

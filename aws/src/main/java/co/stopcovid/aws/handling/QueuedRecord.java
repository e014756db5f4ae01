package co.stopcovid.aws.handling;

/**
 * A message of a queue.
 *
 * @param id the queue's name for it
 */
public record QueuedRecord(String id, String body) {
  /** Without the body, which is private. */
  @Override
  public String toString() {
    return "QueuedRecord[%s]".formatted(id);
  }
}

package co.stopcovid.aws.kinesis;

import co.stopcovid.common.Failure;
import java.util.List;

/**
 * Some of the commands of a call are not in the stream. All that have a key can be appended again.
 */
public final class UnwrittenCommandsException extends RuntimeException implements Failure {
  private static final long serialVersionUID = 1L;

  private final int written;
  private final int unwritten;

  UnwrittenCommandsException(int written, int unwritten, List<String> errors) {
    super("%d commands written, %d not: %s".formatted(written, unwritten, errors));
    this.written = written;
    this.unwritten = unwritten;
  }

  public int written() {
    return written;
  }

  public int unwritten() {
    return unwritten;
  }

  @Override
  public Kind kind() {
    return Kind.OUTAGE;
  }
}

package co.stopcovid.aws.handling;

import co.stopcovid.common.SequenceNumber;

/**
 * A record of the command stream.
 *
 * @param data as it stands in the stream
 */
public record CommandRecord(SequenceNumber seq, String data) {
  /** Without the data, which is private. */
  @Override
  public String toString() {
    return "CommandRecord[%s]".formatted(seq);
  }
}

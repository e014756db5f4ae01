package co.stopcovid.running;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.NewCommand;
import org.jspecify.annotations.Nullable;

/**
 * A command as it stands in its stream.
 *
 * @param payload private: it can hold a learner's words
 * @param command what it holds, where that is known already; else null
 */
public record RawCommand(SequenceNumber seq, String payload, @Nullable NewCommand command) {
  public RawCommand(SequenceNumber seq, String payload) {
    this(seq, payload, null);
  }

  @Override
  public String toString() {
    return "RawCommand[" + seq + "]";
  }
}

package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.SequencedCommand;
import org.jspecify.annotations.Nullable;

/**
 * A command that is to be settled.
 *
 * @param payload as it stands in the stream, for the dead letters
 * @param key the sender's name for it, under which it may come again; null when it has none
 */
public record PendingCommand(SequencedCommand sequenced, String payload, @Nullable String key) {
  public PendingCommand(SequencedCommand sequenced, String payload) {
    this(sequenced, payload, null);
  }

  public SequenceNumber seq() {
    return sequenced.seq();
  }

  public DialogCommand command() {
    return sequenced.command();
  }

  public PhoneNumber phone() {
    return sequenced.phone();
  }

  @Override
  public String toString() {
    return "PendingCommand[" + seq() + "]";
  }
}

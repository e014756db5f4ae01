package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;

/** A command with the number that its stream gave it. */
public record SequencedCommand(SequenceNumber seq, DialogCommand command) {
  public PhoneNumber phone() {
    return command.phone();
  }
}

package co.stopcovid.sms;

import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.ProviderOptOut;

/** A message that the provider refused because the learner opted out there. */
final class RefusedMessage {
  private RefusedMessage() {}

  /** The command by which the opt-out reaches the dialog; a repeat is the same command. */
  static NewCommand optOut(OutboundId id) {
    return new NewCommand(
        ProviderOptOut.command(id.phone(), id.version()),
        "provider-opt-out/" + id.phone().value() + "/" + id.token());
  }
}

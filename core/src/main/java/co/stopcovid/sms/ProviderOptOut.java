package co.stopcovid.sms;

import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import java.util.Map;

/** The command by which an opt-out that only the provider knows of reaches the dialog. */
final class ProviderOptOut {
  /** English is among the languages of every deployment, and opting out works in any of them. */
  private static final String STOP = "stop";

  private ProviderOptOut() {}

  /**
   * @param id the message by which it became known; a repeat is the same command
   */
  static NewCommand command(OutboundId id) {
    return new NewCommand(
        new ReceiveSms(id.phone(), STOP, Map.of("source", "opt-out at the provider")),
        "provider-opt-out/" + id.phone().value() + "/" + id.token());
  }
}

package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import java.util.Map;

/**
 * An opt-out that became known because the provider refused a message to the learner. It comes to
 * the dialog as if the learner had written it, with the version of the batch that called for the
 * message: the report of an old message may come after the learner is back.
 */
public final class ProviderOptOut {
  /** English is among the languages of every deployment, and opting out works in any of them. */
  private static final String STOP = "stop";

  private static final String SOURCE = "source";
  private static final String PROVIDER = "opt-out at the provider";
  private static final String VERSION = "refused_version";

  private ProviderOptOut() {}

  /**
   * @param version of the event batch that called for the refused message
   */
  public static ReceiveSms command(PhoneNumber phone, long version) {
    return new ReceiveSms(phone, STOP, Map.of(SOURCE, PROVIDER, VERSION, Long.toString(version)));
  }

  /** Whether a message is one that says nothing new: the learner asked for messages since. */
  static boolean isOutdated(DialogState state, ReceiveSms sms) {
    String version = sms.webhook().get(VERSION);
    return version != null
        && PROVIDER.equals(sms.webhook().get(SOURCE))
        && isBefore(version, state.requestedVersion());
  }

  private static boolean isBefore(String version, long other) {
    try {
      return Long.parseLong(version) < other;
    } catch (NumberFormatException e) {
      // Not written by this program: what it says is believed.
      return false;
    }
  }
}

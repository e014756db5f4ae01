package co.stopcovid.adapters.sms;

import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import java.util.List;
import org.slf4j.Logger;

/** Tells a log which messages do not go out, without what they say. */
public final class MessageReport {
  /** How the line of a message begins that is held back; an alarm looks for it. */
  public static final String HELD_BACK = "message held back";

  private MessageReport() {}

  /** Of entries that are not open: those that will not arrive, and those held back. */
  public static void finished(Logger log, List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      switch (entry.state()) {
        case DeliveryState.Failed(String sid, String reason) ->
            warn(log, "message not sent", entry, reason);
        case DeliveryState.Parked(int attempts, String reason) ->
            warn(log, HELD_BACK, entry, reason);
        default -> {}
      }
    }
  }

  private static void warn(Logger log, String what, LedgerEntry entry, String reason) {
    log.warn(
        "{}: phone={} message={} kind={} reason={}",
        what,
        entry.id().phone(),
        entry.id().token(),
        entry.kind(),
        reason);
  }
}

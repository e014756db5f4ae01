package co.stopcovid.adapters.sms;

import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import java.util.List;
import org.slf4j.Logger;

/** Tells a log which messages do not go out, without what they say. */
public final class MessageReport {
  private MessageReport() {}

  /** Of entries that are not open any more: those that will not arrive, and those held back. */
  public static void finished(Logger log, List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      switch (entry.state()) {
        case DeliveryState.Failed(String sid, String reason) ->
            warn(log, "message not sent", entry, reason);
        case DeliveryState.Parked(int attempts, String reason) ->
            warn(log, "message held back", entry, reason);
        default -> {}
      }
    }
  }

  /** Messages that a limit parked as they were called for. */
  public static void heldBack(Logger log, List<OutboundId> parked) {
    for (OutboundId id : parked) {
      log.warn("message held back by a limit: phone={} message={}", id.phone(), id.token());
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

package co.stopcovid.adapters.postgres;

import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The messages that this process queued last, so that its sender need not read them back when they
 * are due. Filled by {@link PostgresOutboundQueue}, read by {@link PostgresOutboundLedger}; to be
 * made anew with every lease, as {@link RememberedDialogs} is. What is out of date here cannot be
 * claimed: its revision is not the stored one any more.
 */
public final class QueuedMessages {
  private final Recent<OutboundId, LedgerEntry> recent = new Recent<>(LedgerEntry::revision);

  Map<OutboundId, LedgerEntry> find(Collection<OutboundId> ids) {
    return recent.find(ids);
  }

  /** Before these are written. */
  void forget(Collection<LedgerEntry> entries) {
    recent.forget(entries.stream().map(LedgerEntry::id).toList());
  }

  void clear() {
    recent.clear();
  }

  /** After the commit. */
  void keep(Collection<LedgerEntry> entries) {
    Map<OutboundId, LedgerEntry> byId = HashMap.newHashMap(entries.size());
    entries.forEach(entry -> byId.put(entry.id(), entry));
    recent.keep(byId);
  }
}

package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every message to a learner and what became of it. Written entries are durable. A learner's next
 * message becomes due only after the ones before it are not open any more, and no earlier than the
 * ledger's gap after the one before it was sent.
 */
public interface OutboundLedger {
  /**
   * The first open entry of each learner for whom something is to be done, those that waited
   * longest first. It claims nothing: an entry may be gone by the time it is written.
   */
  List<LedgerEntry> due(Instant now, int limit);

  /** When the next entry is due; empty when none is open. */
  Optional<Instant> nextDue();

  /**
   * Writes each entry on condition that the stored revision is the entry's. Of two writers of one
   * revision exactly one succeeds. One message stands in at most one entry.
   *
   * @return the ids whose stored revision was another; nothing was written for those
   */
  Set<OutboundId> write(Collection<LedgerEntry> entries);

  /** The entries with these ids; unknown ones are left out. */
  List<LedgerEntry> find(Collection<OutboundId> ids);

  /** The entry that the provider has under this id, if the ledger knows it. */
  Optional<LedgerEntry> find(PhoneNumber phone, String sid);

  /** The provider's ids of the learner's messages that were created at this time or later. */
  Set<String> sids(PhoneNumber phone, Instant since);

  /** Parked entries, the longest parked first. */
  List<LedgerEntry> parked(int limit);
}

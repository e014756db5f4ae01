package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /**
   * Makes due now what senders of earlier epochs left in doubt. To be called before anything is
   * queued or sent with a lease.
   */
  void takeOver(long epoch, Instant now);

  /**
   * Counts waits from now that began, by a clock that was set back since, at a moment that is still
   * to come: a pause of seconds must not last until that moment. Others stay as they are.
   */
  void countAnew(Instant now);

  /** The entries with these ids; unknown ones are left out. */
  List<LedgerEntry> find(Collection<OutboundId> ids);

  /** The entry that the provider has under this id, if the ledger knows it. */
  Optional<LedgerEntry> find(PhoneNumber phone, String sid);

  /** The provider's ids of all messages of the learner, which are some hundred. */
  Set<String> sids(PhoneNumber phone);

  /** Parked entries, the longest parked first. */
  default List<LedgerEntry> parked(int limit) {
    return parked(null, limit);
  }

  /**
   * A page of the parked entries, the longest parked first.
   *
   * @param after where the page before ended; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<LedgerEntry> parked(@Nullable ParkedPlace after, int limit);

  /** Where an entry stands among those that are parked. */
  record ParkedPlace(Instant parkedTime, OutboundId id) implements Comparable<ParkedPlace> {
    private static final Comparator<ParkedPlace> ORDER =
        Comparator.comparing(ParkedPlace::parkedTime).thenComparing(ParkedPlace::id);

    /** Of an entry that is parked. */
    public static ParkedPlace of(LedgerEntry entry) {
      return new ParkedPlace(entry.updatedTime(), entry.id());
    }

    @Override
    public int compareTo(ParkedPlace other) {
      return ORDER.compare(this, other);
    }
  }
}

package co.stopcovid.sms;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a person decides about messages that are held back. */
public final class ParkedMessages {
  static final String DROPPED = "dropped by a person";
  private static final int MOST_ATTEMPTS = 10;

  private final OutboundLedger ledger;
  private final InstantSource clock;

  public ParkedMessages(OutboundLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What became of a decision. */
  public enum Outcome {
    DONE,
    UNKNOWN_MESSAGE,
    /** It is not held back, or not any more. */
    NOT_PARKED,
    /** It is too late to be sent; it can only be dropped. */
    EXPIRED
  }

  /** Sends it after all, as soon as its learner's hours allow. */
  public Outcome release(OutboundId id) {
    return decide(id, new DeliveryEvent.Released());
  }

  /** Gives it up. */
  public Outcome drop(OutboundId id) {
    return decide(id, new DeliveryEvent.Cancelled(DROPPED));
  }

  private Outcome decide(OutboundId id, DeliveryEvent decision) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      LedgerEntry entry = ledger.find(List.of(id)).stream().findFirst().orElse(null);
      if (entry == null) {
        return Outcome.UNKNOWN_MESSAGE;
      }
      if (!(entry.state() instanceof DeliveryState.Parked)) {
        return Outcome.NOT_PARKED;
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      if (decision instanceof DeliveryEvent.Released && !now.isBefore(entry.expiresAt())) {
        return Outcome.EXPIRED;
      }
      if (ledger.write(List.of(entry.after(decision, now, now))).isEmpty()) {
        return Outcome.DONE;
      }
    }
    throw new IllegalStateException("another writer was first each time for " + id.phone());
  }
}

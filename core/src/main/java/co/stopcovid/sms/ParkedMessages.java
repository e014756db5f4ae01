package co.stopcovid.sms;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person sees of messages that are held back, and decides about one or many of them. */
public final class ParkedMessages {
  static final String DROPPED = "dropped by a person";

  /** So many are looked at, or decided about, at once. */
  static final int MOST = 10_000;

  private static final int MOST_ATTEMPTS = 10;
  private static final int PAGE = 500;

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

  /**
   * What became of a decision about many.
   *
   * @param messages that it was carried out for
   * @param tooLate that are too late to be sent, and are still held back
   * @param isMore whether some are left that it was not carried out for yet
   */
  public record Decided(int messages, int tooLate, boolean isMore) {}

  /**
   * What is held back.
   *
   * @param windows those that wait longest first
   * @param isMore whether there may be more than could be looked at
   */
  public record Held(List<ParkedWindow> windows, boolean isMore) {}

  /** What is held back, as far as the oldest ten thousand messages go. */
  public Held windows() {
    List<LedgerEntry> oldest = ledger.parked(MOST);
    return new Held(ParkedWindow.of(oldest), oldest.size() == MOST);
  }

  /** Sends it after all, as soon as its learner's hours allow. */
  public Outcome release(OutboundId id) {
    return decide(id, new DeliveryEvent.Released());
  }

  /** Gives it up. */
  public Outcome drop(OutboundId id) {
    return decide(id, new DeliveryEvent.Cancelled(DROPPED));
  }

  /** Sends all that are meant and not too late, of each learner in their order. */
  public Decided release(ParkedFilter filter) {
    return decide(filter, new DeliveryEvent.Released());
  }

  /** Gives up all that are meant. */
  public Decided drop(ParkedFilter filter) {
    return decide(filter, new DeliveryEvent.Cancelled(DROPPED));
  }

  private Outcome decide(OutboundId id, DeliveryEvent decision) {
    return decide(Set.of(id), decision).getOrDefault(id, Outcome.UNKNOWN_MESSAGE);
  }

  private Decided decide(ParkedFilter filter, DeliveryEvent decision) {
    ParkedFilter meant = filter.noLaterThan(clock.instant());
    int messages = 0;
    int tooLate = 0;
    OutboundLedger.@Nullable ParkedPlace place = null;
    while (messages + tooLate < MOST) {
      List<LedgerEntry> page = ledger.parked(place, PAGE);
      Set<OutboundId> ids =
          page.stream().filter(meant::fits).map(LedgerEntry::id).collect(Collectors.toSet());
      for (Outcome outcome : decide(ids, decision).values()) {
        switch (outcome) {
          case DONE -> messages++;
          case EXPIRED -> tooLate++;
          // Somebody else was first.
          case NOT_PARKED, UNKNOWN_MESSAGE -> {}
        }
      }
      if (page.size() < PAGE) {
        return new Decided(messages, tooLate, false);
      }
      place = OutboundLedger.ParkedPlace.of(page.getLast());
    }
    return new Decided(messages, tooLate, true);
  }

  /** What became of each that there is. */
  private Map<OutboundId, Outcome> decide(Set<OutboundId> ids, DeliveryEvent decision) {
    Map<OutboundId, Outcome> outcomes = new HashMap<>();
    Set<OutboundId> open = ids;
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !open.isEmpty(); attempt++) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      List<LedgerEntry> changed = new ArrayList<>();
      for (LedgerEntry entry : ledger.find(open)) {
        Outcome outcome = outcome(entry, decision, now);
        outcomes.put(entry.id(), outcome);
        if (outcome == Outcome.DONE) {
          changed.add(entry.after(decision, now, now));
        }
      }
      open = changed.isEmpty() ? Set.of() : new HashSet<>(ledger.write(changed));
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "another writer was first each time for " + open.iterator().next().phone());
    }
    return outcomes;
  }

  private static Outcome outcome(LedgerEntry entry, DeliveryEvent decision, Instant now) {
    if (!(entry.state() instanceof DeliveryState.Parked)) {
      return Outcome.NOT_PARKED;
    }
    return decision instanceof DeliveryEvent.Released && !now.isBefore(entry.expiresAt())
        ? Outcome.EXPIRED
        : Outcome.DONE;
  }
}

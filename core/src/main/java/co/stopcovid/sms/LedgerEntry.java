package co.stopcovid.sms;

import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message to a learner and what became of it. Written before the message is sent, kept for good.
 *
 * @param zones where the learner may live; at least one
 * @param createdTime when it was called for
 * @param notBefore when something is to be done about it next, as long as it is open: queued, to be
 *     sent; sending, to ask the provider what became of it
 * @param expiresAt from then on it is not sent any more
 * @param anyHourUntil until then it may be sent at any hour, because the learner waits for it; null
 *     when the learner never did
 * @param updatedTime when the state was reached
 * @param revision as stored; a change is written only if the stored one is still this
 */
public record LedgerEntry(
    OutboundId id,
    MessageKind kind,
    OutboundMessage message,
    Set<ZoneId> zones,
    Instant createdTime,
    Instant notBefore,
    Instant expiresAt,
    @Nullable Instant anyHourUntil,
    DeliveryState state,
    Instant updatedTime,
    long revision) {
  /**
   * @throws IllegalArgumentException when there is no zone
   */
  public LedgerEntry {
    zones = Set.copyOf(zones);
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("a learner has a time zone");
    }
  }

  /** Whether something is still to be done, so that later messages of the learner have to wait. */
  public boolean isOpen() {
    return state instanceof Queued || state instanceof Sending;
  }

  /** This entry after an event; empty when the event cannot happen in its state. */
  public Optional<LedgerEntry> after(DeliveryEvent event, Instant now) {
    return DeliveryRules.next(state, event).map(next -> with(next, notBefore, now));
  }

  /**
   * This entry after an event of which the caller knows that it can happen.
   *
   * @param next when something is to be done about it again
   * @throws IllegalStateException when the event cannot happen in this state
   */
  public LedgerEntry after(DeliveryEvent event, Instant now, Instant next) {
    DeliveryState reached =
        DeliveryRules.next(state, event)
            .orElseThrow(
                () -> new IllegalStateException("%s: %s after %s".formatted(id, event, state)));
    return with(reached, next, now);
  }

  /** This entry as it is stored after a write of it succeeded. */
  public LedgerEntry written() {
    return new LedgerEntry(
        id,
        kind,
        message,
        zones,
        createdTime,
        notBefore,
        expiresAt,
        anyHourUntil,
        state,
        updatedTime,
        revision + 1);
  }

  /** See {@link OutboundLedger#takeOver}. */
  public LedgerEntry takenOver(long epoch, Instant now) {
    return state instanceof Sending sending && sending.epoch() < epoch && notBefore.isAfter(now)
        ? with(state, now, updatedTime)
        : this;
  }

  /** See {@link OutboundLedger#countAnew}. */
  public LedgerEntry countedAnew(Instant now) {
    return isOpen() && updatedTime.isAfter(now)
        ? with(state, now.plus(Duration.between(updatedTime, notBefore)), now)
        : this;
  }

  /** The same message as a reply that is due now: the learner has written and waits. */
  public LedgerEntry asReply(Instant now, Instant until) {
    return new LedgerEntry(
        id,
        MessageKind.REPLY,
        message,
        zones,
        createdTime,
        now,
        expiresAt,
        until,
        state,
        now,
        revision);
  }

  private LedgerEntry with(DeliveryState next, Instant due, Instant now) {
    return new LedgerEntry(
        id, kind, message, zones, createdTime, due, expiresAt, anyHourUntil, next, now, revision);
  }
}

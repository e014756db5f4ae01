package co.stopcovid.sms;

import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sending;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What to do about a message, and what to make of what the provider said. Pure. */
final class SendDecision {
  static final String UNKNOWN = "the provider was asked twice and never had it for certain";
  static final String SILENT = "the provider did not say whether it has the message";

  private final MessageRules rules;
  private final SenderSettings settings;
  private final Takeover takeover;

  SendDecision(MessageRules rules, SenderSettings settings, Takeover takeover) {
    this.rules = rules;
    this.settings = settings;
    this.takeover = takeover;
  }

  /** What to do about an entry that is due. */
  sealed interface Task {
    /** Write this; nothing else. */
    record Write(LedgerEntry entry) implements Task {}

    /** Write this, then hand the message over. */
    record Send(LedgerEntry claimed) implements Task {}

    /**
     * Ask the provider what became of the message.
     *
     * @param abandoned by a process that is gone: it may have died before it handed it over
     */
    record Ask(LedgerEntry entry, boolean abandoned) implements Task {}
  }

  Task task(LedgerEntry due, long epoch, Instant now) {
    return switch (due.state()) {
      case Queued queued -> {
        if (!now.isBefore(due.expiresAt())) {
          yield new Task.Write(due.after(new DeliveryEvent.Expired(), now, now));
        }
        Instant allowed = rules.next(due.anyHourUntil(), due.zones(), now);
        yield allowed.isAfter(now)
            ? new Task.Write(due.after(new DeliveryEvent.PutOff(), now, allowed))
            : new Task.Send(
                due.after(new DeliveryEvent.Claimed(epoch), now, now.plus(settings.settleAfter())));
      }
      case Sending sending -> new Task.Ask(due, sending.epoch() < epoch);
      case DeliveryState.Sent s -> throw notOpen(due);
      case DeliveryState.Delivered s -> throw notOpen(due);
      case DeliveryState.Failed s -> throw notOpen(due);
      case DeliveryState.Parked s -> throw notOpen(due);
    };
  }

  /**
   * A new message as claimed; empty when it may not go out now.
   *
   * @param due as far as the learner's earlier messages go
   */
  Optional<LedgerEntry> claim(LedgerEntry first, Instant due, long epoch, Instant now) {
    if (due.isAfter(now) || !now.isBefore(first.expiresAt())) {
      return Optional.empty();
    }
    return task(first, epoch, now) instanceof Task.Send(LedgerEntry claimed)
        ? Optional.of(claimed)
        : Optional.empty();
  }

  private static IllegalStateException notOpen(LedgerEntry entry) {
    return new IllegalStateException(entry.id() + " is not open, but the ledger has it as due");
  }

  /**
   * Whether a claim is still fresh enough to act on. Nobody knows how old one from the time to come
   * is: the clock was set back.
   */
  boolean mayHandOver(LedgerEntry claimed, Instant now) {
    return !now.isBefore(claimed.updatedTime())
        && !now.isAfter(claimed.updatedTime().plus(settings.staleClaim()));
  }

  /** An event, and when something is to be done again if the entry is open after it. */
  record Conclusion(DeliveryEvent event, Instant next) {}

  /**
   * @param nextTrial when the provider, should it refuse us, may be tried again
   */
  Conclusion conclude(LedgerEntry claimed, SendResult result, Instant nextTrial, Instant now) {
    return switch (result) {
      case SendResult.Accepted(String sid) -> new Conclusion(new DeliveryEvent.Accepted(sid), now);
      case SendResult.Refused(String reason) ->
          new Conclusion(new DeliveryEvent.Refused(reason), now);
      case SendResult.OptedOut(String reason) ->
          new Conclusion(new DeliveryEvent.Refused(reason), now);
      case SendResult.Busy busy -> {
        Duration wait = settings.backoff(attempts(claimed));
        Duration asked = busy.retryAfter();
        yield new Conclusion(
            new DeliveryEvent.PutOff(),
            now.plus(asked != null && asked.compareTo(wait) > 0 ? asked : wait));
      }
      case SendResult.Unavailable unavailable ->
          new Conclusion(new DeliveryEvent.PutOff(), now.plus(settings.backoff(attempts(claimed))));
      // Nothing is sent until then, and those that are due by then go first.
      case SendResult.AccountRefused refused ->
          new Conclusion(new DeliveryEvent.PutOff(), nextTrial);
      case SendResult.Unclear unclear ->
          new Conclusion(new DeliveryEvent.Doubted(), now.plus(settings.lookupDelay()));
    };
  }

  /**
   * What an ambiguous answer of the provider left in doubt is tried once more at most. What a
   * process left that died is no doubt of the provider's: it is tried again, as often as that
   * happens.
   *
   * @param abandoned see {@link Task.Ask}
   * @param known the provider's ids of the learner's other messages
   */
  Conclusion conclude(
      LedgerEntry asked,
      boolean abandoned,
      SmsGateway.Lookup lookup,
      Set<String> known,
      Instant now) {
    return switch (lookup) {
      case SmsGateway.Lookup.NoAnswer none ->
          now.isBefore(asked.expiresAt())
              ? new Conclusion(
                  new DeliveryEvent.AskedInVain(),
                  now.plus(abandoned ? sinceTakeover(now) : settings.longestBackoff()))
              : new Conclusion(new DeliveryEvent.GivenUp(SILENT), now);
      case SmsGateway.Lookup.AccountRefused refused ->
          new Conclusion(new DeliveryEvent.AskedInVain(), now);
      case SmsGateway.Lookup.Found found -> {
        Set<String> candidates = new LinkedHashSet<>(found.sids());
        candidates.removeAll(known);
        if (!candidates.isEmpty()) {
          yield new Conclusion(new DeliveryEvent.Accepted(candidates.iterator().next()), now);
        }
        if (abandoned) {
          yield takeover.isMissingCounted(now)
              ? new Conclusion(new DeliveryEvent.PutOff(), now)
              : new Conclusion(new DeliveryEvent.AskedInVain(), whenListed(asked));
        }
        boolean wasTriedAgain = asked.state() instanceof Sending sending && sending.doubts() > 0;
        yield wasTriedAgain
            ? new Conclusion(new DeliveryEvent.GivenUp(UNKNOWN), now)
            : new Conclusion(new DeliveryEvent.FoundMissing(), now);
      }
    };
  }

  /** As long again as it was asked about in vain, so that the waits double. */
  private Duration sinceTakeover(Instant now) {
    Duration passed = Duration.between(takeover.time(), now).abs();
    Duration atLeast =
        passed.compareTo(settings.firstBackoff()) > 0 ? passed : settings.firstBackoff();
    return atLeast.compareTo(settings.longestBackoff()) < 0 ? atLeast : settings.longestBackoff();
  }

  /** It was handed over after it was claimed, and before the takeover. */
  private Instant whenListed(LedgerEntry claimed) {
    Instant own = claimed.updatedTime().plus(settings.lookupDelay());
    Instant all = takeover.missingCounts();
    return own.isAfter(all) ? own : all;
  }

  private static int attempts(LedgerEntry claimed) {
    return claimed.state() instanceof Sending sending ? sending.attempt() : 1;
  }
}

package co.stopcovid.sms;

import co.stopcovid.common.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the provider takes messages from us at all. Once it refuses us, rather than a message,
 * nothing is handed over: every while the account is asked, and once that does not refuse us any
 * more, one message goes out as a trial before the others. A provider that takes other messages
 * meanwhile means the message, whatever it says: what it refuses again then is refused alone.
 * Threads may share it.
 */
public final class ProviderHold {
  private static final Backoff ASKING = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  /** Messages that are remembered as refused: far more than trials go out in a day. */
  private static final int MOST_REFUSED = 10_000;

  /**
   * The provider refuses us.
   *
   * @param reason for a person, with what to do about it
   */
  public record Refusal(String reason, Instant since) {}

  /** Told when it begins, goes on and ends, not of each message between. Must not throw. */
  public interface Observer {
    /** Nobody. */
    Observer NONE =
        new Observer() {
          @Override
          public void refused(Refusal refusal) {}

          @Override
          public void takenAgain(Refusal refusal) {}
        };

    /** From now on nothing is sent. */
    void refused(Refusal refusal);

    /** Asked or tried once more, it still does. */
    default void refusedAgain(Refusal refusal, Instant now) {}

    /** What is sent goes out again. */
    void takenAgain(Refusal refusal);
  }

  private enum Mode {
    /** All may be sent. */
    SENDING,
    /** Nothing is sent until the account is to be asked. */
    WAITING,
    ASKING,
    /** One message may be sent. */
    TRIAL,
    /** The provider has the one message. */
    TRYING
  }

  private final Observer observer;
  private Mode mode = Mode.SENDING;
  private @Nullable Refusal refusal;
  private int failures;
  private Instant waitingSince = Instant.MIN;

  /** Counts what happens, since clocks do not tell what came first. */
  private long events;

  /** When the latest message that was taken was handed over. */
  private long takenFrom;

  /** When a message was refused as if we were meant, the longest refused first. */
  private final Map<OutboundId, Long> refusedAt = new LinkedHashMap<>();

  public ProviderHold(Observer observer) {
    this.observer = observer;
  }

  /** Why nothing is sent; empty while all is. */
  public synchronized Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** How many of so many messages may be handed over. */
  synchronized int allowed(int messages) {
    return switch (mode) {
      case SENDING -> messages;
      case TRIAL -> Math.min(1, messages);
      case WAITING, ASKING, TRYING -> 0;
    };
  }

  /** Whether messages may be claimed ahead of their turn. */
  synchronized boolean isSending() {
    return mode == Mode.SENDING;
  }

  /** A message is about to be handed over. */
  synchronized void handedOver() {
    if (mode == Mode.TRIAL) {
      mode = Mode.TRYING;
    }
  }

  /** Whether a message that was claimed may still be handed over. */
  synchronized boolean mayHandOver() {
    return mode != Mode.WAITING && mode != Mode.ASKING;
  }

  /**
   * The provider is about to get a message.
   *
   * @return what {@link #answered} wants to know
   */
  synchronized long begun() {
    return ++events;
  }

  /**
   * The provider's answer to a message.
   *
   * @param begun see {@link #begun}
   * @return what it means: that we are refused, or this message alone
   */
  synchronized SendResult answered(OutboundId id, long begun, SendResult result, Instant now) {
    switch (result) {
      case SendResult.AccountRefused(String reason) -> {
        if (isMeantAlone(id)) {
          // Nor does it say that the others are taken.
          notHandedOver();
          return new SendResult.Refused(reason);
        }
        refuse(reason, now);
      }
      // What it says of a message it says to those whom it serves.
      case SendResult.Accepted r -> {
        takenFrom = Math.max(takenFrom, begun);
        trialEnded(true, now);
      }
      case SendResult.Refused r -> trialEnded(true, now);
      case SendResult.OptedOut r -> trialEnded(true, now);
      case SendResult.Busy r -> trialEnded(false, now);
      case SendResult.Unavailable r -> trialEnded(false, now);
      case SendResult.Unclear r -> trialEnded(false, now);
    }
    return result;
  }

  /** Whether another one, handed over after this one had been refused, was taken. */
  private boolean isMeantAlone(OutboundId id) {
    Long before = refusedAt.remove(id);
    if (before != null && before < takenFrom) {
      return true;
    }
    refusedAt.put(id, before == null ? ++events : before);
    if (refusedAt.size() > MOST_REFUSED) {
      refusedAt.remove(refusedAt.keySet().iterator().next());
    }
    return false;
  }

  /**
   * When a message that was refused for us is to be tried again: it does not stand before those
   * that became due meanwhile, and is there as soon as one may be tried.
   */
  synchronized Instant nextTrial(Instant now) {
    Instant next = mode == Mode.WAITING ? nextAsking() : now;
    return next.isAfter(now) ? next : now;
  }

  /** The trial message was not handed over after all. */
  synchronized void notHandedOver() {
    if (mode == Mode.TRYING) {
      mode = Mode.TRIAL;
    }
  }

  /** Nothing is due that could be tried: without anything to be refused, nothing is held. */
  synchronized void nothingDue() {
    if (mode == Mode.TRIAL) {
      resume();
    }
  }

  /** Whether the caller is to ask about the account now, and to say {@link #account} then. */
  synchronized boolean isToAsk(Instant now) {
    // A clock that was set back must not make the wait longer.
    boolean due = !now.isBefore(nextAsking()) || now.isBefore(waitingSince);
    if (mode != Mode.WAITING || !due) {
      return false;
    }
    mode = Mode.ASKING;
    return true;
  }

  /** What the provider says of the account. An outage is met by the trial as by any message. */
  synchronized void account(SmsGateway.Account account, Instant now) {
    if (mode != Mode.ASKING) {
      return;
    }
    switch (account) {
      case SmsGateway.Account.Refuses(String reason) -> refuse(reason, now);
      case SmsGateway.Account.Open open -> mode = Mode.TRIAL;
      case SmsGateway.Account.NoAnswer none -> mode = Mode.TRIAL;
    }
  }

  /** When there is something to do; empty when an answer has to come first. */
  synchronized Optional<Instant> wake(Instant due) {
    return switch (mode) {
      case SENDING, TRIAL -> Optional.of(due);
      case WAITING -> Optional.of(nextAsking());
      case ASKING, TRYING -> Optional.empty();
    };
  }

  private Instant nextAsking() {
    return failures == 0 ? Instant.MIN : waitingSince.plus(ASKING.after(failures));
  }

  /** The provider refuses us. */
  synchronized void refuse(String reason, Instant now) {
    if (mode == Mode.WAITING) {
      // One of those that were under way together.
      return;
    }
    Refusal before = refusal;
    var current = new Refusal(reason, before == null ? now : before.since());
    refusal = current;
    waitAgain(now);
    if (before == null) {
      observer.refused(current);
    } else {
      observer.refusedAgain(current, now);
    }
  }

  private void waitAgain(Instant now) {
    failures++;
    waitingSince = now;
    mode = Mode.WAITING;
  }

  private void trialEnded(boolean serves, Instant now) {
    if (mode != Mode.TRYING) {
      return;
    }
    if (serves) {
      resume();
    } else {
      waitAgain(now);
    }
  }

  private void resume() {
    Refusal before = refusal;
    mode = Mode.SENDING;
    refusal = null;
    failures = 0;
    if (before != null) {
      observer.takenAgain(before);
    }
  }
}

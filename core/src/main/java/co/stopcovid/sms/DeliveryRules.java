package co.stopcovid.sms;

import static co.stopcovid.sms.DeliveryEvent.Progress.DELIVERED;
import static co.stopcovid.sms.DeliveryEvent.Progress.FAILED;
import static co.stopcovid.sms.DeliveryEvent.Progress.SENT;

import co.stopcovid.sms.DeliveryEvent.Accepted;
import co.stopcovid.sms.DeliveryEvent.AskedInVain;
import co.stopcovid.sms.DeliveryEvent.Cancelled;
import co.stopcovid.sms.DeliveryEvent.Claimed;
import co.stopcovid.sms.DeliveryEvent.Doubted;
import co.stopcovid.sms.DeliveryEvent.Expired;
import co.stopcovid.sms.DeliveryEvent.FoundMissing;
import co.stopcovid.sms.DeliveryEvent.GivenUp;
import co.stopcovid.sms.DeliveryEvent.PutOff;
import co.stopcovid.sms.DeliveryEvent.Refused;
import co.stopcovid.sms.DeliveryEvent.Released;
import co.stopcovid.sms.DeliveryEvent.Reported;
import co.stopcovid.sms.DeliveryState.Delivered;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sending;
import co.stopcovid.sms.DeliveryState.Sent;
import java.util.Optional;

/**
 * The ledger's state machine. The provider's own evidence (it took the message, it delivered it)
 * counts in every state, since it may arrive before or after what the sender concluded by itself.
 */
public final class DeliveryRules {
  static final String EXPIRED = "expired before it could be sent";

  private DeliveryRules() {}

  /**
   * The state after an event; the same state when the event says nothing new.
   *
   * @return empty when the event cannot happen in this state
   */
  public static Optional<DeliveryState> next(DeliveryState state, DeliveryEvent event) {
    return switch (state) {
      case Queued queued -> fromQueued(queued, event);
      case Sending sending -> fromSending(sending, event);
      case Sent sent -> fromSent(sent, event);
      case Delivered delivered -> fromDelivered(delivered, event);
      case Failed failed -> fromFailed(failed, event);
      case Parked parked -> fromParked(parked, event);
    };
  }

  private static Optional<DeliveryState> fromQueued(Queued queued, DeliveryEvent event) {
    return switch (event) {
      case Claimed e -> Optional.of(new Sending(queued.attempts() + 1, queued.doubts(), e.epoch()));
      case PutOff e -> Optional.of(queued);
      case Expired e -> Optional.of(new Failed(null, EXPIRED));
      case Cancelled e -> Optional.of(new Failed(null, e.reason()));
      case GivenUp e -> Optional.of(new Parked(queued.attempts(), e.reason()));
      // Evidence of an attempt that was thought to have failed. Without an attempt there is none.
      case Accepted e when queued.attempts() > 0 -> Optional.of(new Sent(e.sid()));
      case Reported e when queued.attempts() > 0 -> Optional.of(reported(e));
      case Accepted e -> Optional.empty();
      case Reported e -> Optional.empty();
      case Doubted e -> Optional.empty();
      case AskedInVain e -> Optional.empty();
      case FoundMissing e -> Optional.empty();
      case Refused e -> Optional.empty();
      case Released e -> Optional.empty();
    };
  }

  private static Optional<DeliveryState> fromSending(Sending sending, DeliveryEvent event) {
    return switch (event) {
      case Accepted e -> Optional.of(new Sent(e.sid()));
      case Reported e -> Optional.of(reported(e));
      case PutOff e -> Optional.of(notTaken(sending, sending.doubts()));
      // Nobody's any more: whoever asks about it knows that it was answered.
      case Doubted e ->
          Optional.of(
              new Sending(
                  sending.attempt(), sending.doubts(), Sending.ANSWERED, sending.cancelled()));
      case AskedInVain e -> Optional.of(sending);
      case FoundMissing e -> Optional.of(notTaken(sending, sending.doubts() + 1));
      case Refused e -> Optional.of(new Failed(null, e.reason()));
      // A person is not asked about what is not wanted any more.
      case GivenUp e when sending.cancelled() != null ->
          Optional.of(new Failed(null, sending.cancelled()));
      case GivenUp e -> Optional.of(new Parked(sending.attempt(), e.reason()));
      // It may be on its way, so it is not over yet.
      case Cancelled e when sending.cancelled() != null -> Optional.of(sending);
      case Cancelled e ->
          Optional.of(
              new Sending(sending.attempt(), sending.doubts(), sending.epoch(), e.reason()));
      case Claimed e -> Optional.empty();
      case Expired e -> Optional.empty();
      case Released e -> Optional.empty();
    };
  }

  private static DeliveryState notTaken(Sending sending, int doubts) {
    String cancelled = sending.cancelled();
    return cancelled == null ? new Queued(sending.attempt(), doubts) : new Failed(null, cancelled);
  }

  private static Optional<DeliveryState> fromSent(Sent sent, DeliveryEvent event) {
    return switch (event) {
      case Accepted e -> Optional.of(sent);
      // A second copy, sent after a doubtful attempt, may fail without harm.
      case Reported e when e.progress() == FAILED && !e.sid().equals(sent.sid()) ->
          Optional.of(sent);
      case Reported e -> Optional.of(e.progress() == SENT ? sent : reported(e));
      case Claimed e -> Optional.empty();
      case PutOff e -> Optional.empty();
      case Doubted e -> Optional.empty();
      case AskedInVain e -> Optional.empty();
      case FoundMissing e -> Optional.empty();
      case Refused e -> Optional.empty();
      case Expired e -> Optional.empty();
      case Cancelled e -> Optional.empty();
      case GivenUp e -> Optional.empty();
      case Released e -> Optional.empty();
    };
  }

  private static Optional<DeliveryState> fromDelivered(Delivered delivered, DeliveryEvent event) {
    return switch (event) {
      case Accepted e -> Optional.of(delivered);
      case Reported e -> Optional.of(delivered);
      case Claimed e -> Optional.empty();
      case PutOff e -> Optional.empty();
      case Doubted e -> Optional.empty();
      case AskedInVain e -> Optional.empty();
      case FoundMissing e -> Optional.empty();
      case Refused e -> Optional.empty();
      case Expired e -> Optional.empty();
      case Cancelled e -> Optional.empty();
      case GivenUp e -> Optional.empty();
      case Released e -> Optional.empty();
    };
  }

  private static Optional<DeliveryState> fromFailed(Failed failed, DeliveryEvent event) {
    return switch (event) {
      case Accepted e -> Optional.of(failed.sid() == null ? new Sent(e.sid()) : failed);
      case Reported e -> {
        boolean isNews = failed.sid() == null || e.progress() == DELIVERED;
        yield Optional.of(isNews ? reported(e) : failed);
      }
      case Claimed e -> Optional.empty();
      case PutOff e -> Optional.empty();
      case Doubted e -> Optional.empty();
      case AskedInVain e -> Optional.empty();
      case FoundMissing e -> Optional.empty();
      case Refused e -> Optional.empty();
      case Expired e -> Optional.empty();
      case Cancelled e -> Optional.empty();
      case GivenUp e -> Optional.empty();
      case Released e -> Optional.empty();
    };
  }

  private static Optional<DeliveryState> fromParked(Parked parked, DeliveryEvent event) {
    return switch (event) {
      case Accepted e -> Optional.of(new Sent(e.sid()));
      case Reported e when parked.attempts() > 0 -> Optional.of(reported(e));
      case Reported e -> Optional.empty();
      // A person knows better: the doubts are settled.
      case Released e -> Optional.of(new Queued(parked.attempts(), 0));
      case Cancelled e -> Optional.of(new Failed(null, e.reason()));
      case Claimed e -> Optional.empty();
      case PutOff e -> Optional.empty();
      case Doubted e -> Optional.empty();
      case AskedInVain e -> Optional.empty();
      case FoundMissing e -> Optional.empty();
      case Refused e -> Optional.empty();
      case Expired e -> Optional.empty();
      case GivenUp e -> Optional.empty();
    };
  }

  private static DeliveryState reported(Reported event) {
    return switch (event.progress()) {
      case SENT -> new Sent(event.sid());
      case DELIVERED -> new Delivered(event.sid());
      case FAILED -> new Failed(event.sid(), event.reason());
    };
  }
}

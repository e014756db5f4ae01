package co.stopcovid.sms;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the delivery of a message has come. {@link DeliveryRules} says what may follow. */
public sealed interface DeliveryState {
  /** The provider's id of the message, once the provider is known to have it. */
  default Optional<String> providerId() {
    return switch (this) {
      case Queued queued -> Optional.empty();
      case Sending sending -> Optional.empty();
      case Sent sent -> Optional.of(sent.sid());
      case Delivered delivered -> Optional.of(delivered.sid());
      case Failed failed -> Optional.ofNullable(failed.sid());
      case Parked parked -> Optional.empty();
    };
  }

  /** For people and programs outside, in capitals as the ledger's documentation has it. */
  default String label() {
    return switch (this) {
      case Queued queued -> "QUEUED";
      case Sending sending -> "SENDING";
      case Sent sent -> "SENT";
      case Delivered delivered -> "DELIVERED";
      case Failed failed -> "FAILED";
      case Parked parked -> "PARKED";
    };
  }

  /**
   * Waits for its due time.
   *
   * @param attempts how often it was handed to the provider without being taken
   * @param doubts how many of those were doubtful until the provider said that it has no such
   *     message
   */
  record Queued(int attempts, int doubts) implements DeliveryState {
    public static final Queued NEW = new Queued(0, 0);
  }

  /**
   * May be at the provider. Written before the message is handed over, so that a crash leaves a
   * trace.
   *
   * @param attempt 1 for the first
   * @param epoch of the sender's lease
   * @param cancelled why it must not be handed over again, should the provider not have it; null
   *     when it may
   */
  record Sending(int attempt, int doubts, long epoch, @Nullable String cancelled)
      implements DeliveryState {
    /** The epoch of none: the provider's answer was no answer, which was written down. */
    public static final long ANSWERED = Long.MAX_VALUE;

    public Sending(int attempt, int doubts, long epoch) {
      this(attempt, doubts, epoch, null);
    }
  }

  /**
   * The provider has taken it.
   *
   * @param sid the provider's id of the message
   */
  record Sent(String sid) implements DeliveryState {}

  /** The learner's phone has it. */
  record Delivered(String sid) implements DeliveryState {}

  /**
   * It will not arrive, and nobody has to decide anything.
   *
   * @param sid null when the provider never took it
   */
  record Failed(@Nullable String sid, String reason) implements DeliveryState {}

  /** Held back until a person decides: sending it, or sending it again, could do harm. */
  record Parked(int attempts, String reason) implements DeliveryState {}
}

package co.stopcovid.sms;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of handing a message to the provider. */
public sealed interface SendResult {
  /**
   * The provider has it.
   *
   * @param sid the provider's id of the message
   */
  record Accepted(String sid) implements SendResult {}

  /**
   * Too many at once; this one was certainly not taken.
   *
   * @param retryAfter what the provider asks for; null when it says nothing
   */
  record Busy(@Nullable Duration retryAfter) implements SendResult {}

  /** Certainly not taken, and not because of the message: out of reach, or not at the moment. */
  record Unavailable(String reason) implements SendResult {}

  /**
   * Certainly not taken, because the provider refuses us, whatever the message: a wrong token, an
   * account that is suspended, a sender that is not ours. A provider may say so of one message,
   * too; {@link ProviderHold} tells them apart.
   *
   * @param reason for a person, with what to do about it
   */
  record AccountRefused(String reason) implements SendResult {}

  /** The provider does not want this message, now or ever. */
  record Refused(String reason) implements SendResult {}

  /** The learner told the provider to stop all messages. */
  record OptedOut(String reason) implements SendResult {}

  /** It may have been taken or not: the answer was lost, or was no answer. */
  record Unclear(String reason) implements SendResult {}
}

package co.stopcovid.sms;

import java.time.Instant;
import java.util.List;

/** The provider that carries messages. It must not be taken to send a message at most once. */
public interface SmsGateway {
  /**
   * Hands a message over. Returns within the gateway's timeout, never throws for an outage, and
   * tells what certainly was not taken from what may have been.
   */
  SendResult send(OutboundId id, OutboundMessage message);

  /** The provider's ids of messages equal to this one, the oldest first. */
  Lookup find(OutboundId id, OutboundMessage message, Instant since);

  /** What the provider knows. */
  sealed interface Lookup {
    /** Messages to the same phone, created at the time asked for or later; may be empty. */
    record Found(List<String> sids) implements Lookup {
      public Found {
        sids = List.copyOf(sids);
      }
    }

    /** No answer: nothing may be concluded. */
    record NoAnswer(String reason) implements Lookup {}
  }
}

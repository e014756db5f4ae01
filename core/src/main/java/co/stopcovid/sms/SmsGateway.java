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

  /** Whether the provider serves this account at present. Sends nothing, never throws. */
  default Account account() {
    return new Account.Open();
  }

  /** What the provider says of the account. */
  sealed interface Account {
    record Open() implements Account {}

    /**
     * It serves us no more, for certain.
     *
     * @param reason for a person, with what to do about it
     */
    record Refuses(String reason) implements Account {}

    /** No answer, or one that does not say it: nothing may be concluded. */
    record NoAnswer(String reason) implements Account {}
  }

  /** What the provider knows of messages. */
  sealed interface Lookup {
    /** Messages to the same phone, created at the time asked for or later; may be empty. */
    record Found(List<String> sids) implements Lookup {
      public Found {
        sids = List.copyOf(sids);
      }
    }

    /** No answer: nothing may be concluded. */
    record NoAnswer(String reason) implements Lookup {}

    /** No answer, because the provider refuses us; see {@link SendResult.AccountRefused}. */
    record AccountRefused(String reason) implements Lookup {}
  }
}

package co.stopcovid.sms;

import java.time.Instant;
import java.util.Optional;

/**
 * Decides which messages are claimed for sending as they are queued. A message that is due at once
 * is then written once less, and nobody has to look for it.
 */
@FunctionalInterface
public interface SendClaims {
  /** Every message waits until a sender finds it due. */
  SendClaims NONE = (first, due) -> Optional.empty();

  /**
   * May be asked in vain: where an earlier message turns out to be open, this one is queued.
   *
   * @param first the first open one of a learner's new messages
   * @param due when it may be sent as far as the learner's earlier messages go
   * @return the message as claimed; empty when it is to be queued
   */
  Optional<LedgerEntry> claim(LedgerEntry first, Instant due);
}

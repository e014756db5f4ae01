package co.stopcovid.sms;

import java.time.Instant;

/** A message of a conversation, as a person sees it. */
public sealed interface LoggedMessage {
  Instant time();

  /** From the learner. */
  record Inbound(ReceivedMessage message) implements LoggedMessage {
    @Override
    public Instant time() {
      return message.receivedTime();
    }
  }

  /** To the learner, at the time when it was called for, with what became of it. */
  record Outbound(LedgerEntry entry) implements LoggedMessage {
    @Override
    public Instant time() {
      return entry.createdTime();
    }
  }
}

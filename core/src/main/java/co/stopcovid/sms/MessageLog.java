package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import java.time.Instant;
import java.util.List;

/**
 * Everything that was said, both ways, for the people who look after learners. It holds whole texts
 * and is private. What was said to learners comes from the {@link OutboundLedger}.
 */
public interface MessageLog {
  /** Stores messages; one that is there already, by phone and seq, stays as it is. */
  void receive(List<ReceivedMessage> messages);

  /**
   * The last messages of a conversation before a time, newest first. Those of one moment may be
   * told apart by no time: a page that begins where another ended may miss such.
   */
  List<LoggedMessage> conversation(PhoneNumber phone, Instant before, int limit);

  /** Messages that a person should look at, the oldest first. */
  List<ReceivedMessage> unhandled(int limit);

  /**
   * A person has looked at a message.
   *
   * @return false when there is no such message that is unhandled
   */
  boolean settle(PhoneNumber phone, SequenceNumber seq);
}

package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  default List<ReceivedMessage> unhandled(int limit) {
    return unhandled(null, limit);
  }

  /**
   * A page of the messages that a person should look at, the oldest first.
   *
   * @param after the last of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<ReceivedMessage> unhandled(@Nullable Place after, int limit);

  /** Where a message stands among those that a person should look at. */
  record Place(Instant receivedTime, PhoneNumber phone, SequenceNumber seq)
      implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::receivedTime)
            .thenComparing(Place::phone)
            .thenComparing(Place::seq);

    public static Place of(ReceivedMessage message) {
      return new Place(message.receivedTime(), message.phone(), message.seq());
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** Whether a person should look at a message. */
  boolean isUnhandled(PhoneNumber phone, SequenceNumber seq);

  /**
   * A person has looked at a message.
   *
   * @return false when there is no such message that is unhandled
   */
  boolean settle(PhoneNumber phone, SequenceNumber seq);
}

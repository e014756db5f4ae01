package co.stopcovid.adapters.inmemory;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.ReceivedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The message log in memory. Threads may share it. */
public final class InMemoryMessageLog implements MessageLog {
  private record Key(PhoneNumber phone, SequenceNumber seq) {}

  private final InMemoryOutbox outbox;
  private final Map<Key, ReceivedMessage> received = new LinkedHashMap<>();

  /**
   * @param outbox with what was said to learners
   */
  public InMemoryMessageLog(InMemoryOutbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public synchronized void receive(List<ReceivedMessage> messages) {
    messages.forEach(
        message -> received.putIfAbsent(new Key(message.phone(), message.seq()), message));
  }

  @Override
  public synchronized List<LoggedMessage> conversation(
      PhoneNumber phone, Instant before, int limit) {
    List<LoggedMessage> messages = new ArrayList<>();
    received.values().stream()
        .filter(message -> message.phone().equals(phone))
        .forEach(message -> messages.add(new LoggedMessage.Inbound(message)));
    outbox.all(phone).forEach(entry -> messages.add(new LoggedMessage.Outbound(entry)));
    return messages.reversed().stream()
        .filter(message -> message.time().isBefore(before))
        .sorted(Comparator.comparing(LoggedMessage::time).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<ReceivedMessage> unhandled(@Nullable Place after, int limit) {
    return received.values().stream()
        .filter(ReceivedMessage::unhandled)
        .filter(message -> after == null || Place.of(message).compareTo(after) > 0)
        .sorted(Comparator.comparing(Place::of))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean isUnhandled(PhoneNumber phone, SequenceNumber seq) {
    ReceivedMessage message = received.get(new Key(phone, seq));
    return message != null && message.unhandled();
  }

  @Override
  public synchronized boolean settle(PhoneNumber phone, SequenceNumber seq) {
    var key = new Key(phone, seq);
    ReceivedMessage message = received.get(key);
    if (message == null || !message.unhandled()) {
      return false;
    }
    received.put(
        key,
        new ReceivedMessage(
            phone,
            seq,
            message.receivedTime(),
            message.sid(),
            message.ourNumber(),
            message.body(),
            message.mediaUrls(),
            false));
    return true;
  }
}

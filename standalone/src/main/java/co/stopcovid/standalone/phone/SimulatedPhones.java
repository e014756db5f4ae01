package co.stopcovid.standalone.phone;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SmsGateway;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The provider of a deployment that has none: what is sent appears at once on the phones that are
 * connected. It keeps nothing, because the ledger does: a message counts as taken from the moment
 * on when it is about to be handed over, and a phone that connects later reads it from the message
 * log. So a crash between the two neither loses nor doubles a bubble.
 */
public final class SimulatedPhones implements SmsGateway, AutoCloseable {
  static final int MOST_LINES = 200;
  static final int MOST_LINES_OF_ONE_PHONE = 10;

  private final InstantSource clock;
  private final Map<PhoneNumber, List<PhoneLine>> lines = new HashMap<>();
  private int connected;
  private boolean closed;

  public SimulatedPhones(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public SendResult send(OutboundId id, OutboundMessage message) {
    show(id, message);
    return new SendResult.Accepted(sid(id));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Whoever asks had written down that the message is being handed over, so it counts as taken.
   * It is shown once more, in case the crash came before.
   */
  @Override
  public Lookup find(OutboundId id, OutboundMessage message, Instant since) {
    show(id, message);
    return new Lookup.Found(List.of(sid(id)));
  }

  private void show(OutboundId id, OutboundMessage message) {
    publish(id.phone(), new PhoneMessage.Arrived(id, clock.instant(), message));
  }

  /** Made from the message's id, so that a repeat has the same. */
  static String sid(OutboundId id) {
    String name = id.phone().value() + '/' + id.token();
    return "SIM"
        + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
  }

  /** A learner's message that was taken in, for the other phones of the same number. */
  void written(PhoneNumber phone, SequenceNumber seq, String sid, String body) {
    publish(phone, new PhoneMessage.Written(seq, clock.instant(), sid, body));
  }

  private void publish(PhoneNumber phone, PhoneMessage bubble) {
    List<PhoneLine> open;
    synchronized (lines) {
      open = List.copyOf(lines.getOrDefault(phone, List.of()));
    }
    open.forEach(line -> line.offer(bubble));
  }

  /** Connects a phone; empty when too many are connected, or this is closed. */
  Optional<PhoneLine> connect(PhoneNumber phone) {
    synchronized (lines) {
      int same = lines.getOrDefault(phone, List.of()).size();
      if (closed || connected >= MOST_LINES || same >= MOST_LINES_OF_ONE_PHONE) {
        return Optional.empty();
      }
      var line = new PhoneLine(phone, this::disconnect);
      lines.computeIfAbsent(phone, number -> new ArrayList<>()).add(line);
      connected++;
      return Optional.of(line);
    }
  }

  private void disconnect(PhoneLine line) {
    synchronized (lines) {
      List<PhoneLine> same = lines.get(line.phone());
      if (same != null && same.remove(line)) {
        connected--;
        if (same.isEmpty()) {
          lines.remove(line.phone());
        }
      }
    }
  }

  /** How many phones are connected. */
  public int connected() {
    synchronized (lines) {
      return connected;
    }
  }

  /** Disconnects the phones, so that a server that stops need not wait for them. */
  @Override
  public void close() {
    List<PhoneLine> open;
    synchronized (lines) {
      closed = true;
      open = lines.values().stream().flatMap(List::stream).toList();
    }
    open.forEach(PhoneLine::close);
  }
}

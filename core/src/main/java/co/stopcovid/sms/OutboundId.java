package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an outbound message by where it comes from, so that rendering an event batch again names
 * the same messages. Messages of one learner go out in the order of their ids.
 *
 * @param version of the event batch that called for the message
 * @param index place among the messages of that batch, from 0
 */
public record OutboundId(PhoneNumber phone, long version, int index)
    implements Comparable<OutboundId> {
  private static final Comparator<OutboundId> ORDER =
      Comparator.comparing(OutboundId::phone)
          .thenComparingLong(OutboundId::version)
          .thenComparingInt(OutboundId::index);
  private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18})-([0-9]{1,9})");

  /**
   * @throws IllegalArgumentException when version is below 1 or index below 0
   */
  public OutboundId {
    if (version < 1 || index < 0) {
      throw new IllegalArgumentException(
          "no message has version %d and index %d".formatted(version, index));
    }
  }

  /** The id without the number, which must not stand in an address: {@code 4-0}. */
  public String token() {
    return version + "-" + index;
  }

  /** The id with this {@link #token}; empty when the text is none. */
  public static Optional<OutboundId> of(PhoneNumber phone, String token) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long version = Long.parseLong(parts.group(1));
    int index = Integer.parseInt(parts.group(2));
    return version < 1 ? Optional.empty() : Optional.of(new OutboundId(phone, version, index));
  }

  @Override
  public int compareTo(OutboundId other) {
    return ORDER.compare(this, other);
  }
}

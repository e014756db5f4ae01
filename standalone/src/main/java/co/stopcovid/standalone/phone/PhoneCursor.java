package co.stopcovid.standalone.phone;

import co.stopcovid.common.SequenceNumber;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a phone has shown a conversation, in each direction: messages of one direction come in
 * the order of their ids, while nothing fixes how the two directions mix. As text {@code 17/4-0}.
 *
 * @param written the last of the learner's
 * @param version of the last one to the learner; 0 for none
 * @param index of the last one to the learner
 */
record PhoneCursor(SequenceNumber written, long version, int index) {
  static final PhoneCursor START = new PhoneCursor(SequenceNumber.ZERO, 0, 0);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,128})/([0-9]{1,18})-([0-9]{1,9})");

  /** Empty when the text is none. */
  static Optional<PhoneCursor> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new PhoneCursor(
                SequenceNumber.parse(parts.group(1)),
                Long.parseLong(parts.group(2)),
                Integer.parseInt(parts.group(3))))
        : Optional.empty();
  }

  /** Whether the bubble is at this cursor or before it. */
  boolean covers(PhoneMessage bubble) {
    return switch (bubble) {
      case PhoneMessage.Written in -> !in.seq().isAbove(written);
      case PhoneMessage.Arrived out ->
          out.message().version() < version
              || (out.message().version() == version && out.message().index() <= index);
    };
  }

  /** Whether the bubble is the last one of its direction. */
  boolean isAt(PhoneMessage bubble) {
    return switch (bubble) {
      case PhoneMessage.Written in -> in.seq().equals(written);
      case PhoneMessage.Arrived out ->
          out.message().version() == version && out.message().index() == index;
    };
  }

  /** Moved on to the bubble; never back. */
  PhoneCursor with(PhoneMessage bubble) {
    if (covers(bubble)) {
      return this;
    }
    return switch (bubble) {
      case PhoneMessage.Written in -> new PhoneCursor(in.seq(), version, index);
      case PhoneMessage.Arrived out ->
          new PhoneCursor(written, out.message().version(), out.message().index());
    };
  }

  @Override
  public String toString() {
    return written + "/" + version + "-" + index;
  }
}

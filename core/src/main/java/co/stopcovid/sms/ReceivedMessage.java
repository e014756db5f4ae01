package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a learner wrote.
 *
 * @param seq of the command that it came as; with the phone number it names the message
 * @param sid the provider's id of it; null when it did not come through a provider
 * @param ourNumber the number that it was sent to, as the provider names it; null when it does not
 * @param mediaUrls pictures that came with it
 * @param unhandled no rule fitted: a person should look at it
 */
public record ReceivedMessage(
    PhoneNumber phone,
    SequenceNumber seq,
    Instant receivedTime,
    @Nullable String sid,
    @Nullable String ourNumber,
    String body,
    List<String> mediaUrls,
    boolean unhandled) {
  public ReceivedMessage {
    mediaUrls = List.copyOf(mediaUrls);
  }

  /** One to no number that is known. */
  public ReceivedMessage(
      PhoneNumber phone,
      SequenceNumber seq,
      Instant receivedTime,
      @Nullable String sid,
      String body,
      List<String> mediaUrls,
      boolean unhandled) {
    this(phone, seq, receivedTime, sid, null, body, mediaUrls, unhandled);
  }

  /** Without the text, which is private. */
  @Override
  public String toString() {
    return "ReceivedMessage[%s %s, %d characters]".formatted(phone, seq, body.length());
  }
}

package co.stopcovid.testkit.twilio;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in the stand-in's ledger.
 *
 * @param number counts all messages from 1, in the order in which they were accepted
 * @param statusCallback where to report to; null for nowhere
 */
public record FakeMessage(
    int number,
    String sid,
    String to,
    String body,
    List<String> mediaUrls,
    @Nullable String statusCallback,
    Instant created,
    String status) {
  public FakeMessage {
    mediaUrls = List.copyOf(mediaUrls);
  }

  FakeMessage withStatus(String next) {
    return new FakeMessage(number, sid, to, body, mediaUrls, statusCallback, created, next);
  }
}

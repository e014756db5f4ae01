package co.stopcovid.sms;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The pause between two messages of one learner, because the networks do not keep their order. A
 * picture takes longer on its way than a text, so that after one the pause is more than three times
 * as long: 10 seconds where it is 3.
 *
 * @param usual after a text
 */
public record Pause(Duration usual) {
  public static final Pause NONE = new Pause(Duration.ZERO);

  /** What comes after a message waits for so long. */
  public Duration after(OutboundMessage message) {
    return usual.plus(extraAfter(message));
  }

  /** No message has to wait longer for the one before it. */
  public Duration longest() {
    return usual.plus(extra());
  }

  /** By how much that is longer than usual. */
  public Duration extraAfter(OutboundMessage message) {
    return message.mediaUrl() == null ? Duration.ZERO : extra();
  }

  private Duration extra() {
    return usual.multipliedBy(7).dividedBy(3).truncatedTo(ChronoUnit.MILLIS);
  }
}

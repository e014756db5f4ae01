package co.stopcovid.sms;

import java.time.Duration;
import java.time.Instant;

/**
 * What a sender knows of those who sent before it and are gone. What they left in doubt is asked
 * about at once, and believed to be there at once; that it is not there counts a while later, since
 * the provider lists a message some time after it took it.
 *
 * @param time when this one took over
 * @param listed how long after that the provider lists what they handed over
 */
public record Takeover(Instant time, Duration listed) {
  /** Whatever is not there was never there. */
  public static final Takeover LONG_AGO = new Takeover(Instant.EPOCH, Duration.ZERO);

  Instant missingCounts() {
    return time.plus(listed);
  }
}

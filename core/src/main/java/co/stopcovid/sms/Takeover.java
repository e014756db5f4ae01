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

  /** Times are kept with more and with less digits; that is no clock that was set back. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  Instant missingCounts() {
    return time.plus(listed);
  }

  /**
   * Whether what is not there was never there. By a clock that was set back since, nobody knows how
   * long ago the takeover was, and the learner's later messages would wait until it has caught up.
   */
  boolean isMissingCounted(Instant now) {
    boolean wasSetBack = now.isBefore(time.minus(ROUNDING));
    return wasSetBack || !now.isBefore(missingCounts());
  }
}

package co.stopcovid.sms;

import co.stopcovid.common.Backoff;
import java.time.Duration;
import java.time.Instant;

/**
 * How a sender works.
 *
 * @param mostInFlight messages at the provider at one time
 * @param staleClaim a message claimed longer ago than this is not handed over any more, because
 *     another process may have taken it on
 * @param settleAfter when to ask the provider about a message whose sender is gone; longer than
 *     staleClaim and the gateway's timeout together
 * @param lookupDelay how long a message may take to show up at the provider
 * @param firstBackoff before trying again what the provider did not take; doubles each time
 * @param longestBackoff no wait is longer
 */
public record SenderSettings(
    int mostInFlight,
    Duration staleClaim,
    Duration settleAfter,
    Duration lookupDelay,
    Duration firstBackoff,
    Duration longestBackoff) {
  /** It takes as long again at least until another process has started. */
  private static final Duration AFTER_DEATH = Duration.ofSeconds(2);

  public static final SenderSettings DEFAULT =
      new SenderSettings(
          500,
          Duration.ofSeconds(5),
          Duration.ofSeconds(25),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1));

  /**
   * @throws IllegalArgumentException when the durations do not fit together
   */
  public SenderSettings {
    if (mostInFlight < 1 || settleAfter.compareTo(staleClaim) <= 0) {
      throw new IllegalArgumentException(
          "%d messages in flight must be at least 1, and %s longer than %s"
              .formatted(mostInFlight, settleAfter, staleClaim));
    }
  }

  /**
   * One who takes over from senders who are gone.
   *
   * @param isCertain whether they are dead for certain, so that nothing was handed over since; who
   *     only did not renew a lease may still be at it
   */
  public Takeover takeover(boolean isCertain, Instant now) {
    boolean isShorter = isCertain && lookupDelay.compareTo(AFTER_DEATH) > 0;
    return new Takeover(now, isShorter ? AFTER_DEATH : lookupDelay);
  }

  /**
   * @param failures so far, from 1
   */
  Duration backoff(int failures) {
    return new Backoff(firstBackoff, longestBackoff).after(failures);
  }
}

package co.stopcovid.adapters.sms;

import co.stopcovid.sms.ProviderHold;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;

/**
 * Tells a log when the provider refuses us, once a minute that it still does, and when it does not
 * any more. It belongs to one {@link ProviderHold}.
 */
public final class ProviderReport implements ProviderHold.Observer {
  /** What the lines begin with that are an alarm on AWS for as long as they come. */
  public static final String REFUSED = "the provider refuses us, nothing is sent";

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Logger log;
  private Instant told = Instant.MIN;

  public ProviderReport(Logger log) {
    this.log = log;
  }

  @Override
  public void refused(ProviderHold.Refusal refusal) {
    told = refusal.since();
    log.error(
        "{} until it takes messages again; what grows too old meanwhile is not sent, and counts as not delivered: reason={}",
        REFUSED,
        refusal.reason());
  }

  @Override
  public void refusedAgain(ProviderHold.Refusal refusal, Instant now) {
    // A clock that was set back must not make it silent.
    if (now.isBefore(told) || !now.isBefore(told.plus(PAUSE))) {
      told = now;
      log.warn("{}: refused_since={} reason={}", REFUSED, refusal.since(), refusal.reason());
    }
  }

  @Override
  public void takenAgain(ProviderHold.Refusal refusal) {
    log.info("the provider takes messages again: refused_since={}", refusal.since());
  }
}

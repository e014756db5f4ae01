package co.stopcovid.adapters.sms;

import co.stopcovid.sms.ProviderHold;
import org.slf4j.Logger;

/** Tells a log once when the provider refuses us, and once when it does not any more. */
public record ProviderReport(Logger log) implements ProviderHold.Observer {
  /** What the line begins with that is an alarm on AWS. */
  public static final String REFUSED = "the provider refuses us, nothing is sent";

  @Override
  public void refused(ProviderHold.Refusal refusal) {
    log.error(
        "{} until it takes messages again; none is lost: reason={}", REFUSED, refusal.reason());
  }

  @Override
  public void takenAgain(ProviderHold.Refusal refusal) {
    log.info("the provider takes messages again: refused_since={}", refusal.since());
  }
}

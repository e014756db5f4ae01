package co.stopcovid.adapters.sms;

import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.sms.DeliveryReports.Outcome;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;

/**
 * Takes the provider's reports in, and tells the log which messages were not delivered after all.
 *
 * @param reports what takes them in
 * @param notDelivered told of the reason of each of those messages
 */
public record LoggedReports(
    Logger log, Function<DeliveryReport, Outcome> reports, Consumer<String> notDelivered) {
  /** Returns when the report is written. */
  public Outcome take(DeliveryReport report) {
    Outcome outcome = reports.apply(report);
    if (outcome == Outcome.WRITTEN && report.progress() == DeliveryEvent.Progress.FAILED) {
      log.warn(
          "message not delivered: phone={} message={} reason={}",
          report.phone(),
          report.token(),
          report.reason());
      notDelivered.accept(report.reason());
    }
    return outcome;
  }
}

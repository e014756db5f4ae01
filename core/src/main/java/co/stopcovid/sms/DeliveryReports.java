package co.stopcovid.sms;

import co.stopcovid.dialog.CommandStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Takes the provider's reports into the ledger, repeated ones and in any order. */
public final class DeliveryReports {
  private static final int MOST_ATTEMPTS = 10;

  private final OutboundLedger ledger;
  private final CommandStream commands;
  private final InstantSource clock;

  public DeliveryReports(OutboundLedger ledger, CommandStream commands, InstantSource clock) {
    this.ledger = ledger;
    this.commands = commands;
    this.clock = clock;
  }

  /** What became of a report. */
  public enum Outcome {
    WRITTEN,
    /** It says nothing new. */
    NO_NEWS,
    /** The ledger has no such message: it is another system's, or was never handed over. */
    UNKNOWN_MESSAGE
  }

  /** Returns when the report is written. */
  public Outcome take(DeliveryReport report) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      LedgerEntry entry = find(report).orElse(null);
      if (entry == null) {
        return Outcome.UNKNOWN_MESSAGE;
      }
      if (report.optedOut()) {
        commands.append(List.of(RefusedMessage.optOut(entry.id())));
      }
      LedgerEntry next =
          entry
              .after(
                  new DeliveryEvent.Reported(report.sid(), report.progress(), report.reason()),
                  clock.instant().truncatedTo(ChronoUnit.MILLIS))
              .orElse(null);
      if (next == null) {
        return Outcome.UNKNOWN_MESSAGE;
      }
      if (next.state().equals(entry.state())) {
        return Outcome.NO_NEWS;
      }
      if (ledger.write(List.of(next)).isEmpty()) {
        return Outcome.WRITTEN;
      }
    }
    throw new IllegalStateException("another writer was first each time for " + report.phone());
  }

  private Optional<LedgerEntry> find(DeliveryReport report) {
    String token = report.token();
    if (token != null) {
      Optional<LedgerEntry> named =
          OutboundId.of(report.phone(), token)
              .flatMap(id -> ledger.find(List.of(id)).stream().findFirst());
      if (named.isPresent()) {
        return named;
      }
    }
    return ledger.find(report.phone(), report.sid());
  }
}

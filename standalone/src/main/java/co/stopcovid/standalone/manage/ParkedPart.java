package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresOutboundLedger;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.ParkedMessages;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.database.DatabaseVisit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dialog manage parked}. */
@Command(
    name = "parked",
    description = "Messages that are held back until a person decides.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class ParkedPart implements Runnable {
  private final Visitor visitor;

  @Spec @Nullable CommandSpec spec;

  ParkedPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public void run() {
    ManageCommand.missing(spec, "list, release or drop");
  }

  @Command(
      name = "list",
      description = "Lists them with their texts, those that wait longest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.")
          int limit,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.visit(
        visit -> {
          var rows = new Rows(visitor.out(), json, "NUMBER", "ID", "SINCE", "REASON", "TEXT");
          for (LedgerEntry entry : ledger(visit).parked(Math.max(1, limit))) {
            String reason =
                entry.state() instanceof DeliveryState.Parked parked ? parked.reason() : "";
            rows.add(
                object -> {
                  Json.writeText(object, "phone_number", entry.id().phone().value());
                  Json.writeText(object, "id", entry.id().token());
                  Json.writeTime(object, "updated_time", entry.updatedTime());
                  Json.writeText(object, "reason", reason);
                  Json.writeText(object, "body", entry.message().body());
                },
                entry.id().phone().value(),
                entry.id().token(),
                entry.updatedTime(),
                reason,
                String.valueOf(entry.message().body()));
          }
          rows.end();
          return 0;
        });
  }

  @Command(
      name = "release",
      description = "Sends one after all, as soon as its learner's hours allow.",
      mixinStandardHelpOptions = true)
  int release(
      @Parameters(paramLabel = "NUMBER", description = "As in the list.") String number,
      @Parameters(paramLabel = "ID", description = "As in the list.") String id) {
    return decide(number, id, ParkedMessages::release);
  }

  @Command(name = "drop", description = "Gives one up, for good.", mixinStandardHelpOptions = true)
  int drop(
      @Parameters(paramLabel = "NUMBER", description = "As in the list.") String number,
      @Parameters(paramLabel = "ID", description = "As in the list.") String id) {
    return decide(number, id, ParkedMessages::drop);
  }

  private int decide(
      String number,
      String token,
      BiFunction<ParkedMessages, OutboundId, ParkedMessages.Outcome> decision) {
    OutboundId id =
        OutboundId.of(Visitor.phone(number), token)
            .orElseThrow(
                () -> new UsageException("an id is as in the list, such as 4-0: " + token));
    return visitor.visit(
        visit -> {
          var parked = new ParkedMessages(ledger(visit), InstantSource.system());
          return switch (decision.apply(parked, id)) {
            case DONE -> 0;
            case UNKNOWN_MESSAGE -> visitor.failed("there is no such message");
            case NOT_PARKED -> visitor.failed("the message is not held back, or not any more");
            case EXPIRED -> visitor.failed("it is too late to send the message; it can be dropped");
          };
        });
  }

  private PostgresOutboundLedger ledger(DatabaseVisit visit) {
    Duration gap = visitor.wiring().serviceConfig(Map.of()).rules().gap();
    return new PostgresOutboundLedger(visit.database(), Fence.NONE, gap);
  }
}

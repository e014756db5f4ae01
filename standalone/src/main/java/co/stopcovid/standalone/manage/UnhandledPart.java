package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.PostgresMessageLog;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.standalone.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dialog manage unhandled}. */
@Command(
    name = "unhandled",
    description = "Learners' messages that no rule fitted, for a person to look at.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class UnhandledPart implements Runnable {
  private final Visitor visitor;

  @Spec @Nullable CommandSpec spec;

  UnhandledPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public void run() {
    ManageCommand.missing(spec, "list or settle");
  }

  @Command(
      name = "list",
      description = "Lists them with their texts, the oldest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.")
          int limit,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.visit(
        visit -> {
          var rows = new Rows(visitor.out(), json, "NUMBER", "SEQ", "TIME", "TEXT");
          for (ReceivedMessage message :
              new PostgresMessageLog(visit.database()).unhandled(Math.max(1, limit))) {
            rows.add(
                object -> {
                  Json.writeText(object, "phone_number", message.phone().value());
                  Json.writeText(object, "seq", message.seq().toString());
                  Json.writeTime(object, "received_time", message.receivedTime());
                  Json.writeText(object, "body", message.body());
                },
                message.phone().value(),
                message.seq(),
                message.receivedTime(),
                message.body());
          }
          rows.end();
          return 0;
        });
  }

  @Command(
      name = "settle",
      description = "Takes a message that somebody has looked at off the list.",
      mixinStandardHelpOptions = true)
  int settle(
      @Parameters(paramLabel = "NUMBER", description = "As in the list.") String number,
      @Parameters(paramLabel = "SEQ", description = "As in the list.") String seq) {
    PhoneNumber phone = Visitor.phone(number);
    SequenceNumber place;
    try {
      place = SequenceNumber.parse(seq);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    return visitor.visit(
        visit ->
            new PostgresMessageLog(visit.database()).settle(phone, place)
                ? 0
                : visitor.failed("there is no such message that is unhandled"));
  }
}

package co.stopcovid.standalone.manage;

import co.stopcovid.sms.OutboundId;
import co.stopcovid.standalone.UsageException;
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
    return visitor.ask(
        api -> {
          Rows rows = visitor.rows(json, "NUMBER", "ID", "SINCE", "REASON", "TEXT");
          api.each(
              "/messages/parked",
              null,
              Math.max(1, limit),
              message ->
                  rows.add(
                      message,
                      Rows.text(message, "/phone_number"),
                      Rows.text(message, "/id"),
                      Rows.text(message, "/updated_time"),
                      Rows.text(message, "/reason"),
                      Rows.text(message, "/body")));
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
    return decide(number, id, "release");
  }

  @Command(name = "drop", description = "Gives one up, for good.", mixinStandardHelpOptions = true)
  int drop(
      @Parameters(paramLabel = "NUMBER", description = "As in the list.") String number,
      @Parameters(paramLabel = "ID", description = "As in the list.") String id) {
    return decide(number, id, "drop");
  }

  private int decide(String number, String token, String decision) {
    OutboundId id =
        OutboundId.of(Visitor.phone(number), token)
            .orElseThrow(
                () -> new UsageException("an id is as in the list, such as 4-0: " + token));
    return visitor.ask(
        api -> {
          api.post(
              "/messages/parked/%s/%s/%s"
                  .formatted(ApiClient.encode(id.phone().value()), id.token(), decision));
          return 0;
        });
  }
}

package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.standalone.UsageException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

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
      description = {
        "Lists them, those that wait longest first: one row for the messages of one number that were",
        "held back for one reason with less than an hour between each and the next."
      },
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--each", description = "One row a message.") boolean each,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.")
          int limit,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return each
        ? visitor.list(
            "/messages/parked",
            null,
            limit,
            json,
            Column.of("NUMBER", "/phone_number"),
            Column.of("ID", "/id"),
            Column.of("SINCE", "/updated_time"),
            Column.of("REASON", "/reason"),
            Column.of("TEXT", "/body"))
        : visitor.list(
            "/messages/parked/windows",
            null,
            limit,
            json,
            Column.of("NUMBER", "/phone_number"),
            Column.of("MESSAGES", "/messages"),
            Column.of("SINCE", "/since"),
            Column.of("UNTIL", "/until"),
            Column.of("REASON", "/reason"),
            Column.of("FIRST", "/first/id"),
            Column.of("TEXT", "/first/body"));
  }

  /** Which are meant: one by its number and id, or all that everything given fits. */
  static final class Meant {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NUMBER", description = "Of this number.")
    @Nullable String number;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "ID",
        description = "This one alone, as in list --each.")
    @Nullable String id;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Held back for this reason, as in the list.")
    @Nullable String reason;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Held back then or later, as in the list.")
    @Nullable String since;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "Held back then or earlier, as in the list.")
    @Nullable String until;

    @Option(names = "--all", description = "All that are held back.")
    boolean all;

    private boolean hasFilter() {
      return reason != null || since != null || until != null;
    }

    private void write(JsonGenerator json) {
      if (all == (number != null || hasFilter())) {
        throw new UsageException(
            "say which are meant with a number, --reason, --since or --until, or --all, not both");
      }
      Json.writeText(json, "phone_number", number == null ? null : Visitor.phone(number).value());
      Json.writeText(json, "reason", reason);
      Json.writeText(json, "since", time(since));
      Json.writeText(json, "until", time(until));
      json.writeBooleanProperty("all", all);
    }

    private static @Nullable String time(@Nullable String text) {
      try {
        return text == null ? null : Instant.parse(text).toString();
      } catch (DateTimeParseException e) {
        throw new UsageException(
            "a time is as in the list, such as 2026-11-22T10:15:30.123Z: " + text, e);
      }
    }
  }

  @Command(
      name = "release",
      description = "Sends one or many after all, as soon as their learners' hours allow.",
      mixinStandardHelpOptions = true)
  int release(@Mixin Meant meant) {
    return decide(meant, "release", "will be sent");
  }

  @Command(
      name = "drop",
      description = "Gives up one or many, for good.",
      mixinStandardHelpOptions = true)
  int drop(@Mixin Meant meant) {
    return decide(meant, "drop", "given up");
  }

  private int decide(Meant meant, String decision, String done) {
    String number = meant.number;
    String token = meant.id;
    if (number == null || token == null) {
      // Whether it can be understood is known before anybody is asked.
      String body = Rows.object(meant::write);
      return visitor.ask(api -> said(api.post("/messages/parked/" + decision, body), done));
    }
    if (meant.hasFilter() || meant.all) {
      throw new UsageException("one message is named by its number and id alone");
    }
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

  private int said(JsonNode decided, String done) {
    int messages = decided.path("messages").asInt();
    int tooLate = decided.path("too_late").asInt();
    if (messages == 0 && tooLate == 0) {
      return visitor.failed("nothing is held back that this fits");
    }
    visitor.done(
        "%d %s%s"
            .formatted(
                messages,
                done,
                decided.path("more").asBoolean() ? "; there are more: run it again" : ""));
    return tooLate == 0
        ? 0
        : visitor.failed("%d are too late to be sent; they can be dropped".formatted(tooLate));
  }
}

package co.stopcovid.standalone.manage;

import co.stopcovid.common.SequenceNumber;
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
    ManageCommand.missing(spec, "list, answer or settle");
  }

  @Command(
      name = "list",
      description = "Lists them with their texts, the oldest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.")
          int limit,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.list(
        "/messages/unhandled",
        null,
        limit,
        json,
        Column.of("NUMBER", "/phone_number"),
        Column.of("SEQ", "/seq"),
        Column.of("TIME", "/time"),
        Column.of("TEXT", "/body"));
  }

  @Command(
      name = "answer",
      description = "Answers a message in your own words, and takes it off the list.",
      mixinStandardHelpOptions = true)
  int answer(
      @Parameters(paramLabel = "NUMBER", description = "As in the list.") String number,
      @Parameters(paramLabel = "SEQ", description = "As in the list.") String seq,
      @Parameters(paramLabel = "TEXT", description = "Up to 1600 characters.") String text) {
    String path = path(number, seq, "answer");
    return visitor.ask(
        api -> {
          var taken = api.post(path, json -> json.writeStringProperty("message", text));
          return visitor.done("taken as command " + Rows.text(taken, "/seq"));
        });
  }

  @Command(
      name = "settle",
      description = "Takes a message that somebody has looked at off the list.",
      mixinStandardHelpOptions = true)
  int settle(
      @Parameters(paramLabel = "NUMBER", description = "As in the list.") String number,
      @Parameters(paramLabel = "SEQ", description = "As in the list.") String seq) {
    String path = path(number, seq, "settle");
    return visitor.ask(
        api -> {
          api.post(path);
          return 0;
        });
  }

  private static String path(String number, String seq, String what) {
    try {
      return "/messages/unhandled/%s/%s/%s"
          .formatted(
              ApiClient.encode(Visitor.phone(number).value()), SequenceNumber.parse(seq), what);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}

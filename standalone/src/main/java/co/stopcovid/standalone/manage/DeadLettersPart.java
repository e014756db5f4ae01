package co.stopcovid.standalone.manage;

import co.stopcovid.standalone.UsageException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dialog manage dead-letters}. */
@Command(
    name = "dead-letters",
    description = "What could not be processed, kept whole until somebody decides.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class DeadLettersPart implements Runnable {
  private static final String LETTERS = "/dead-letters";

  private final Visitor visitor;

  @Spec @Nullable CommandSpec spec;

  DeadLettersPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public void run() {
    ManageCommand.missing(spec, "list, show, redrive or drop");
  }

  @Command(
      name = "list",
      description = "Lists them, without their private contents, the oldest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--after", paramLabel = "ID", description = "Only those after this one.")
          long after,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.")
          int limit,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.list(
        LETTERS,
        Long.toString(Math.max(0, after)),
        limit,
        json,
        Column.of("ID", "/id"),
        Column.of("TIME", "/created_time"),
        Column.of("SOURCE", "/source"),
        Column.of("NAME", "/source_id"),
        Column.of("REASON", "/reason"));
  }

  @Command(
      name = "show",
      description = "Shows one as JSON, with what it holds.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id) {
    return visitor.ask(
        api -> {
          var out = visitor.out();
          out.println(api.get(LETTERS + "/" + id));
          out.flush();
          return 0;
        });
  }

  @Command(
      name = "redrive",
      description = {
        "Gives commands to the dialog again, as if they came in now.",
        "It can be repeated: each is one command, however often it is given."
      },
      mixinStandardHelpOptions = true)
  int redrive(
      @Parameters(arity = "0..*", paramLabel = "ID", description = "Numbers in the list.")
          @Nullable List<Long> ids,
      @Option(names = "--all", description = "All that are there now.") boolean all) {
    List<Long> named = named(ids, all);
    return visitor.ask(
        api -> {
          int status = 0;
          for (long id : all ? all(api) : named) {
            status |= visitor.each("dead letter %d stays: ".formatted(id), () -> redrive(api, id));
          }
          return status;
        });
  }

  private void redrive(ApiClient api, long id) {
    String seq = Rows.text(api.post("%s/%d/redrive".formatted(LETTERS, id)), "/seq");
    visitor.done("%d is command %s".formatted(id, seq));
  }

  @Command(name = "drop", description = "Deletes them, for good.", mixinStandardHelpOptions = true)
  int drop(
      @Parameters(arity = "1..*", paramLabel = "ID", description = "Numbers in the list.")
          List<Long> ids) {
    return visitor.ask(
        api -> {
          int status = 0;
          for (long id : ids) {
            status |= visitor.each("", () -> api.delete(LETTERS + "/" + id));
          }
          return status;
        });
  }

  private static List<Long> named(@Nullable List<Long> ids, boolean all) {
    boolean none = ids == null || ids.isEmpty();
    if (none == all) {
      return List.copyOf(ids == null ? List.of() : ids);
    }
    throw new UsageException("name dead letters by their ids, or give --all");
  }

  private static List<Long> all(ApiClient api) {
    List<Long> ids = new ArrayList<>();
    api.each(
        LETTERS,
        null,
        Integer.MAX_VALUE,
        letter -> ids.add(Long.parseLong(Rows.text(letter, "/id"))));
    return ids;
  }
}

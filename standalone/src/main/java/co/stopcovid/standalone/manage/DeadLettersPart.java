package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.database.DatabaseVisit;
import co.stopcovid.standalone.workers.DeadLetterRedrive;
import co.stopcovid.standalone.workers.DeadLetterRedrive.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dialog manage dead-letters}. */
@Command(
    name = "dead-letters",
    description = "What could not be processed, kept whole until somebody decides.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class DeadLettersPart implements Runnable {
  private static final int PAGE = 500;

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
    return visitor.visit(
        visit -> {
          var rows = new Rows(visitor.out(), json, "ID", "TIME", "SOURCE", "NAME", "REASON");
          for (var stored : letters(visit).after(after, Math.max(1, limit))) {
            var letter = stored.letter();
            rows.add(
                object -> write(object, stored),
                stored.id(),
                letter.createdTime(),
                letter.source(),
                letter.sourceId(),
                letter.reason());
          }
          rows.end();
          return 0;
        });
  }

  @Command(
      name = "show",
      description = "Shows one as JSON, with what it holds.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id) {
    return visitor.visit(
        visit -> {
          Optional<DeadLetters.Stored> found = letters(visit).find(id);
          if (found.isEmpty()) {
            return unknown(id);
          }
          var out = visitor.out();
          out.println(
              Rows.object(
                  object -> {
                    write(object, found.get());
                    Json.writeText(object, "payload", found.get().letter().payload());
                  }));
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
    return visitor.visit(
        visit -> {
          DeadLetters letters = letters(visit);
          try (var commands = new PostgresCommandLog(visit.database(), () -> {})) {
            var redrive = new DeadLetterRedrive(letters, commands);
            int status = 0;
            for (long id : all ? all(letters) : named) {
              status |= report(id, redrive.redrive(id));
            }
            return status;
          }
        });
  }

  private int report(long id, Result result) {
    return switch (result) {
      case Result.Redriven(var seq) -> {
        var out = visitor.out();
        out.printf("%d is command %s%n", id, seq);
        out.flush();
        yield 0;
      }
      case Result.Unknown unknown -> unknown(id);
      case Result.NoCommand(String reason) ->
          visitor.failed("dead letter %d stays: it is %s".formatted(id, reason));
    };
  }

  @Command(name = "drop", description = "Deletes them, for good.", mixinStandardHelpOptions = true)
  int drop(
      @Parameters(arity = "1..*", paramLabel = "ID", description = "Numbers in the list.")
          List<Long> ids) {
    return visitor.visit(
        visit -> {
          DeadLetters letters = letters(visit);
          int status = 0;
          for (long id : ids) {
            status |= letters.delete(id) ? 0 : unknown(id);
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

  private static List<Long> all(DeadLetters letters) {
    List<Long> ids = new ArrayList<>();
    List<DeadLetters.Stored> page;
    do {
      page = letters.after(ids.isEmpty() ? 0 : ids.getLast(), PAGE);
      page.forEach(stored -> ids.add(stored.id()));
    } while (page.size() == PAGE);
    return ids;
  }

  private int unknown(long id) {
    return visitor.failed("there is no dead letter %d, or not any more".formatted(id));
  }

  private static PostgresDeadLetters letters(DatabaseVisit visit) {
    return new PostgresDeadLetters(visit.database());
  }

  private static void write(JsonGenerator object, DeadLetters.Stored stored) {
    object.writeNumberProperty("id", stored.id());
    Json.writeTime(object, "created_time", stored.letter().createdTime());
    Json.writeText(object, "source", stored.letter().source());
    Json.writeText(object, "source_id", stored.letter().sourceId());
    Json.writeText(object, "reason", stored.letter().reason());
  }
}

package co.stopcovid.standalone.manage;

import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.Wiring;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code dialog manage}. */
@Command(
    name = "manage",
    description = {
      "Looks after a service: asks the running one at --url, else works on its database, whether the"
          + " service runs or not.",
      "The database is the embedded one in --data, else that of DIALOG_DATABASE_URL, else the"
          + " embedded one in DIALOG_DATA_DIR."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class ManageCommand implements Runnable {
  private final Visitor visitor;
  private @Nullable CommandSpec spec;

  public ManageCommand(Wiring wiring, Streams streams) {
    this.visitor = new Visitor(wiring, streams, "manage (%s)".formatted(user()));
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where the service keeps its data. Without it: DIALOG_DATA_DIR, else ./data.")
  void setData(Path data) {
    visitor.setData(data);
  }

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Where the running service is that is asked, such as http://127.0.0.1:8080.")
  void setUrl(URI url) {
    visitor.setUrl(url);
  }

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description =
          "The token of the API at --url. Without it: DIALOG_API_TOKEN, else the file api-token in"
              + " --data.")
  void setToken(String token) {
    visitor.setToken(token);
  }

  /** Whoever is signed in on this machine; what no header takes is left out. */
  private static String user() {
    String name = System.getProperty("user.name", "").replaceAll("[^ -~]", "");
    return name.isBlank() || name.equals("?") ? "somebody" : name;
  }

  /** Told by picocli which command this is; the parts need their visitor, so they are made here. */
  @Spec
  void setSpec(CommandSpec own) {
    spec = own;
    own.addSubcommand("dead-letters", CommandSpec.forAnnotatedObject(new DeadLettersPart(visitor)));
    own.addSubcommand("rebuild", CommandSpec.forAnnotatedObject(new RebuildPart(visitor)));
    own.addSubcommand("learners", CommandSpec.forAnnotatedObject(new LearnersPart(visitor)));
    own.addSubcommand("codes", CommandSpec.forAnnotatedObject(new CodesPart(visitor)));
    own.addSubcommand("parked", CommandSpec.forAnnotatedObject(new ParkedPart(visitor)));
    own.addSubcommand("unhandled", CommandSpec.forAnnotatedObject(new UnhandledPart(visitor)));
    own.addSubcommand("backup", CommandSpec.forAnnotatedObject(new BackupPart(visitor)));
    own.addSubcommand("restore", CommandSpec.forAnnotatedObject(new RestorePart(visitor)));
  }

  @Override
  public void run() {
    missing(
        spec,
        "dead-letters, rebuild, learners, codes, parked, unhandled, undelivered, command, schedule,"
            + " lags, audit, backup or restore");
  }

  @Command(
      name = "audit",
      description = "Who did what, when and on whom, the newest first; learners by their ids.",
      mixinStandardHelpOptions = true)
  int audit(
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.")
          int limit,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.list(
        "/audit",
        null,
        limit,
        json,
        Column.of("TIME", "/time"),
        Column.of("BY", "/by"),
        Column.of("OPERATION", "/operation"),
        Column.of("ON", "/on"),
        Column.of("OUTCOME", "/outcome"));
  }

  @Command(
      name = "schedule",
      description = "The drills that are to be started in the next hours, the earliest first.",
      mixinStandardHelpOptions = true)
  int schedule(
      @Option(names = "--hours", paramLabel = "N", defaultValue = "24", description = "How many.")
          int hours,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.list(
        "/schedule?hours=" + hours,
        null,
        Integer.MAX_VALUE,
        json,
        Column.of("DUE", "/due_time"),
        Column.of("LEARNER", "/learner_id"),
        Column.of("DRILL", "/drill_slug"));
  }

  @Command(
      name = "lags",
      description = "How far those who work in the background are behind.",
      mixinStandardHelpOptions = true)
  int lags(@Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.list(
        "/lags",
        null,
        Integer.MAX_VALUE,
        json,
        Column.of("CONSUMER", "/consumer"),
        Column.of("BEHIND", "/behind"),
        Column.of("SECONDS", "/lag_seconds"));
  }

  @Command(
      name = "undelivered",
      description = "Messages that did not reach their learners, by reason.",
      mixinStandardHelpOptions = true)
  int undelivered(
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "7",
              description = "How far back to look.")
          int days,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.list(
        "/messages/undelivered?days=" + days,
        null,
        Integer.MAX_VALUE,
        json,
        Column.of("MESSAGES", "/messages"),
        Column.of("LEARNERS", "/learners"),
        Column.of("LATEST", "/latest_time"),
        Column.of("REASON", "/reason"));
  }

  @Command(
      name = "command",
      description = "What became of a command, by its number.",
      mixinStandardHelpOptions = true)
  int command(@Parameters(paramLabel = "SEQ", description = "Its number.") String seq) {
    return visitor.ask(
        api -> {
          var out = visitor.out();
          out.println(api.get("/commands/" + ApiClient.encode(seq)));
          out.flush();
          return 0;
        });
  }

  static void missing(@Nullable CommandSpec spec, String commands) {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command: " + commands);
    }
  }
}

package co.stopcovid.standalone;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import co.stopcovid.drills.ContentException;
import co.stopcovid.standalone.cli.CommandLines;
import co.stopcovid.standalone.cli.CompletionCommand;
import co.stopcovid.standalone.cli.DrillsCommand;
import co.stopcovid.standalone.cli.GradeCommand;
import co.stopcovid.standalone.cli.LauncherCommand;
import co.stopcovid.standalone.cli.PhoneCommand;
import co.stopcovid.standalone.cli.ServeCommand;
import co.stopcovid.standalone.cli.SimulateCommand;
import co.stopcovid.standalone.manage.ManageCommand;
import co.stopcovid.standalone.serve.ServiceException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of {@code ./dialog}. Exit status: 0 done, 1 findings or failures, 2 bad usage.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  /** All commands at once, for the help. */
  @Command(
      name = "dialog",
      description = "Trains frontline workers by text message.",
      synopsisSubcommandLabel = "COMMAND",
      footer = "%n./dialog COMMAND --help says more about one.",
      mixinStandardHelpOptions = true)
  static final class Root {}

  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
  private final Streams streams;

  private Main(Config config, Streams streams) {
    this.streams = streams;
    var wiring = new Wiring(config);
    commands.put("serve", () -> new ServeCommand(wiring, streams));
    commands.put("phone", () -> new PhoneCommand(wiring, streams));
    commands.put("simulate", () -> new SimulateCommand(wiring, streams));
    commands.put("grade", () -> new GradeCommand(wiring, streams));
    commands.put("drills", () -> new DrillsCommand(wiring, streams));
    commands.put("manage", () -> new ManageCommand(wiring, streams));
  }

  public static void main(String[] args) {
    ProcessDefaults.set();
    System.exit(run(args, System.getenv(), System.getProperty("dialog.home"), Streams.ofProcess()));
  }

  /**
   * Runs one command.
   *
   * @param home the project's root; null when it is not known
   * @return the exit status
   */
  static int run(
      String[] args, Map<String, String> environment, @Nullable String home, Streams streams) {
    Config config;
    try {
      Config read = Config.from(environment, home);
      String program = System.getProperty("dialog.command");
      config = program == null ? read : read.called(program);
      LogSettings.of(environment).apply();
    } catch (UsageException e) {
      streams.err().println("dialog: " + e.getMessage());
      return BAD_USAGE;
    }
    SettingNames.doubts(environment)
        .forEach(doubt -> streams.err().println("dialog: warning: " + doubt));
    var main = new Main(config, streams);
    return CommandLines.prepared(main.commandLine(args))
        .setOut(streams.results())
        .setErr(streams.err())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> report(e, config.debug(), streams.err()))
        .execute(args);
  }

  /** Looking at one command only is a good part of a short run. */
  private CommandLine commandLine(String[] args) {
    var line = new CommandLine(new Root());
    line.getCommandSpec().version(version());
    Supplier<Object> one = args.length == 0 ? null : commands.get(args[0]);
    if (one != null) {
      return line.addSubcommand(args[0], one.get());
    }
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    return line.addSubcommand(
            LauncherCommand.of(
                "bench", "Measures the whole path, beside what its database can do."))
        .addSubcommand(
            LauncherCommand.of(
                "aws-local", "Runs the AWS deployment on this machine, on stand-ins."))
        .addSubcommand(
            LauncherCommand.of(
                "release", "Makes a tar.gz that needs neither Maven nor a JDK, and tries it."))
        .addSubcommand(new CompletionCommand(streams))
        .addSubcommand(new CommandLine.HelpCommand());
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "dialog %s (Java %s)"
        .formatted(version == null ? "in development" : version, Runtime.version().feature());
  }

  private static int report(Throwable e, boolean debug, PrintWriter err) {
    return switch (e) {
      case UsageException usage -> {
        err.println("dialog: " + usage.getMessage());
        yield BAD_USAGE;
      }
      case ContentException content -> {
        err.println("The content cannot be taught from:");
        err.println(content.getMessage());
        yield FAILED;
      }
      case StorageException storage -> {
        err.println("dialog: the database does not do its work: " + storage.getMessage());
        yield FAILED;
      }
      case UnfitDatabaseException database -> {
        err.println("dialog: " + database.getMessage());
        yield FAILED;
      }
      case ServiceException service -> {
        err.println("dialog: " + service.getMessage());
        yield FAILED;
      }
      case MalformedJsonException malformed -> {
        err.println("dialog: " + malformed.getMessage());
        yield FAILED;
      }
      default -> {
        err.println("dialog: this should not have happened: " + e);
        if (debug) {
          e.printStackTrace(err);
        } else {
          err.println("DIALOG_DEBUG=1 ./dialog … shows where. Please report it with that.");
        }
        yield FAILED;
      }
    };
  }
}

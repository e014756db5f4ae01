package co.stopcovid.bench;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.bench.Script.Step;
import co.stopcovid.bench.WholePath.Latencies;
import co.stopcovid.bench.WholePath.Latency;
import co.stopcovid.bench.WholePath.Run;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.standalone.cli.HelpOption;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.serve.Teaching;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dialog bench}: the figures of docs/architecture.md, measured on this machine. */
@Command(
    name = "bench",
    description = {
      "Measures a whole service on the embedded PostgreSQL, with learners who answer at once and a"
          + " provider that takes every message. Its data are deleted afterwards."
    })
final class BenchCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final List<Integer> WARM_UP_PARTS = List.of(20, 3, 1, 1, 1, 1, 1, 1, 1, 1);
  private static final int MOST_CLIENTS = 12;
  private static final int CODE_COMMANDS = 2;

  /** Who takes the course at a time; the others are registered, and wait for their turn. */
  private static final int MOST_AT_A_TIME = 10_000;

  /** Until the JIT compiler has little left to do. */
  private static final long WARM_UP_COMMANDS = 120_000;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Figures figures = new Figures();

  @Spec picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--json", description = "One JSON object on standard output, nothing else.")
  boolean json;

  @Option(
      names = "--commands",
      paramLabel = "N",
      description = "Commands through the whole path. Default: ${DEFAULT-VALUE}.")
  long commands = 250_000;

  @Option(
      names = "--learners",
      paramLabel = "N",
      description = "Learners, registered before. Default: ${DEFAULT-VALUE}.")
  int learners = 10_000;

  @Option(
      names = "--under-way",
      paramLabel = "N",
      description = "Learners who wait for replies at one time. Default: ${DEFAULT-VALUE}.")
  int underWay = 4_000;

  @Option(
      names = "--messages-per-second",
      paramLabel = "N",
      description = "Rate of the messages over HTTP. Default: ${DEFAULT-VALUE}.")
  int messagesPerSecond = 500;

  @Option(
      names = "--http-seconds",
      paramLabel = "N",
      description = "How long messages come over HTTP. Default: ${DEFAULT-VALUE}.")
  int httpSeconds = 15;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the PostgreSQL keeps its data meanwhile. Default: a new folder.")
  @Nullable Path data;

  @Mixin final HelpOption help = new HelpOption();

  BenchCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws Exception {
    List<Step> script = Script.of(teaching());
    check(script);
    if (data != null) {
      Files.createDirectories(data);
    }
    Path directory =
        data == null
            ? Files.createTempDirectory("dialog-bench")
            : Files.createTempDirectory(data, "dialog-bench");
    EmbeddedDatabase postgres = EmbeddedDatabase.start(directory.resolve("postgres"));
    // At the end of the process, also when somebody loses patience.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  postgres.close();
                  delete(directory);
                },
                "clean-up"));
    measure(postgres, directory, script);
    if (json) {
      out.println(figures.json());
    }
    return 0;
  }

  private void check(List<Step> script) {
    if (Math.min(learners, commands) < 1
        || Math.min(underWay, messagesPerSecond) < 1
        || httpSeconds < 1) {
      throw usage("every number must be 1 or more");
    }
    underWay = Math.min(underWay, learners);
    long most = script.stream().mapToLong(Step::commands).sum() - script.getFirst().commands();
    long http = messagesPerSecond * (httpSeconds + WARM_UP.toSeconds() * WARM_UP_PARTS.size());
    if (WARM_UP_COMMANDS + commands + http * CODE_COMMANDS > most * learners) {
      throw usage(
          "%d learners send %d commands at most: ask for fewer, or for more learners"
              .formatted(learners, most * learners - WARM_UP_COMMANDS - http * CODE_COMMANDS));
    }
  }

  private ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private static Teaching teaching() {
    LanguageTables languages = BuiltInLanguages.load();
    Path content = Path.of(System.getProperty("dialog.home", "."), "content");
    return new Teaching(CourseReader.read(content).publish(languages), languages);
  }

  private void measure(EmbeddedDatabase postgres, Path directory, List<Step> script)
      throws Exception {
    var system = ManagementFactory.getOperatingSystemMXBean();
    int cores = system.getAvailableProcessors();
    double load = system.getSystemLoadAverage();
    say("%d cores, load average %.1f at the start".formatted(cores, load));
    try (HikariDataSource connections = Connections.open(postgres.url(), MOST_CLIENTS)) {
      var server = new ServerFigures(new Database(connections), postgres.pid());
      Map<String, String> durability = server.durability();
      say("PostgreSQL on disk: %s".formatted(durability));
      double before = limit(connections);
      Run run;
      Latency latency;
      try (var path =
          new WholePath(
              postgres.url(),
              directory.resolve("service"),
              teaching(),
              script,
              learners,
              underWay,
              server)) {
        warmUp(path, server);
        // Before the full load, after which the disk and autovacuum have much to catch up with.
        server.checkpoint();
        latency = http(path);
        server.checkpoint();
        run = wholePath(path);
      }
      server.checkpoint();
      double after = limit(connections);
      report(run, latency, (before + after) / 2);
      figures.add("small_transaction_limit_before", before, 0);
      figures.add("small_transaction_limit_after", after, 0);
      commandSide(postgres, connections);
      double decisions = Decisions.perSecond(WARM_UP, WARM_UP);
      say("Decide and evolve in memory, one thread: %,.0f commands/s".formatted(decisions));
      figures.add("decide_evolve_per_second", decisions, 0);
      figures.add("learners", learners);
      figures.add("under_way", underWay);
      figures.add("http_messages_per_second", messagesPerSecond);
      figures.add("cores", cores);
      figures.add("load_average_at_start", load, 2);
      durability.forEach(figures::add);
    }
  }

  private double limit(HikariDataSource connections) throws Exception {
    double perSecond = SmallTransactions.perSecond(connections, LIMIT);
    say(
        "The same PostgreSQL, one small transaction a command, 8 clients: %,.0f/s"
            .formatted(perSecond));
    return perSecond;
  }

  private void warmUp(WholePath path, ServerFigures server) throws InterruptedException {
    Run first = path.run((long) CODE_COMMANDS * learners);
    say("%d learners registered: %,.0f commands/s".formatted(learners, first.perSecond()));
    server.vacuum();
    path.takeTurns(MOST_AT_A_TIME);
    path.run(WARM_UP_COMMANDS);
  }

  private Run wholePath(WholePath path) throws InterruptedException {
    Run run = path.run(commands);
    say(
        "Whole path: %,.0f commands/s (%d commands, %d messages in %.1f s)"
            .formatted(run.perSecond(), run.commands(), run.messages(), run.seconds()));
    say(
        "  %.1f microseconds of processor time a command: Java %.1f, PostgreSQL %.1f; %.0f bytes of WAL"
            .formatted(
                run.each(run.used().java() + run.used().postgres()),
                run.each(run.used().java()),
                run.each(run.used().postgres()),
                run.bytesEach()));
    return run;
  }

  private Latency http(WholePath path) throws InterruptedException {
    // Twilio does not begin with its full rate either.
    for (int part : WARM_UP_PARTS) {
      path.latency(Math.ceilDiv(messagesPerSecond, part), WARM_UP);
    }
    Latencies latencies = path.latency(messagesPerSecond, Duration.ofSeconds(httpSeconds));
    Latency latency = latencies.handedOver();
    Latency answered = latencies.answered();
    say(
        "Webhook answered at %d messages/s: p50 %.1f ms, p99 %.1f ms"
            .formatted(messagesPerSecond, answered.p50(), answered.p99()));
    say(
        "Webhook to gateway at %d messages/s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, at most %.1f ms"
            .formatted(
                messagesPerSecond, latency.p50(), latency.p99(), latency.p999(), latency.most()));
    return latency;
  }

  private void report(Run run, Latency latency, double limit) {
    say("Ratio to one small transaction a command: %.2f".formatted(run.perSecond() / limit));
    figures.add("commands_per_second", run.perSecond(), 0);
    figures.add("small_transaction_limit", limit, 0);
    figures.add("ratio", run.perSecond() / limit, 3);
    figures.add("p50_ms", latency.p50(), 2);
    figures.add("p99_ms", latency.p99(), 2);
    figures.add("p999_ms", latency.p999(), 2);
    figures.add("bytes_per_command", run.bytesEach(), 0);
    figures.add("commands", run.commands());
    figures.add("messages", run.messages());
    figures.add("java_microseconds_per_command", run.each(run.used().java()), 1);
    figures.add("postgres_microseconds_per_command", run.each(run.used().postgres()), 1);
  }

  /** In a database of its own, so that nothing else is in its tables. */
  private void commandSide(EmbeddedDatabase postgres, HikariDataSource connections)
      throws Exception {
    new Database(connections).once(handle -> handle.execute("create database command_side"));
    DatabaseUrl url = postgres.url();
    var own =
        new DatabaseUrl(
            url.jdbc().replaceFirst("/[^/]+$", "/command_side"), url.user(), url.password());
    Migrations.migrate(own);
    try (HikariDataSource ownConnections = Connections.open(own, MOST_CLIENTS)) {
      double perSecond =
          new CommandSide(new Database(ownConnections), teaching(), underWay)
              .perSecond(learners, (int) Math.min(commands, 100_000));
      say("Command side alone: %,.0f commands/s".formatted(perSecond));
      figures.add("command_side_per_second", perSecond, 0);
    }
  }

  /** To people; where the results are JSON, beside them. */
  private void say(String line) {
    (json ? err : out).println(line);
  }

  private void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      err.println("dialog: not all of %s could be deleted: %s".formatted(directory, e));
    }
  }
}

package co.stopcovid.standalone.cli;

import co.stopcovid.adapters.config.Checked;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.Wiring;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.serve.Secrets;
import co.stopcovid.standalone.serve.Service;
import co.stopcovid.standalone.serve.ServiceCheck;
import co.stopcovid.standalone.serve.ServiceConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dialog serve}. */
@Command(
    name = "serve",
    description = {
      "Runs the whole system in this process, on the embedded PostgreSQL or on the one that"
          + " DIALOG_DATABASE_URL names.",
      "Without Twilio's settings, messages go to the simulated phone: ./dialog phone NUMBER."
    })
public final class ServeCommand implements Callable<Integer> {
  private final Wiring wiring;
  private final Streams streams;

  @Option(
      names = "--codes",
      paramLabel = "FILE",
      description = "Registration codes, in JSON, that are added at the start.")
  @Nullable Path codes;

  @Mixin final ContentOption drills = new ContentOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen. Without it: DIALOG_PORT, else 8080. 0: any free port.")
  @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen on. Without it: DIALOG_HOST, else 127.0.0.1.")
  @Nullable String host;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where data are kept. Without it: DIALOG_DATA_DIR, else ./data.")
  @Nullable Path data;

  @Option(
      names = "--check",
      description =
          "Try all settings, say what is wrong, and end: the exit status is 1 when something is.")
  boolean check;

  @Option(
      names = "--offline",
      description = "Start without asking the provider, or though it refuses the account.")
  boolean offline;

  @Mixin final HelpOption help = new HelpOption();

  public ServeCommand(Wiring wiring, Streams streams) {
    this.wiring = wiring;
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    return check ? check() : serve();
  }

  private int check() throws InterruptedException {
    PrintWriter out = streams.results();
    Consumer<Checked> show =
        checked -> {
          out.println(checked.line());
          out.flush();
        };
    ServiceConfig config;
    try {
      config = wiring.serviceConfig(flags());
      if (codes != null) {
        int count = wiring.registrationCodes(codes).size();
        show.accept(Checked.fine("codes", "%d in %s".formatted(count, codes)));
      }
    } catch (UsageException | MalformedJsonException e) {
      show.accept(Checked.wrong("settings", String.valueOf(e.getMessage())));
      return 1;
    }
    return new ServiceCheck(config, () -> wiring.teaching(drills.folder())).run(show) ? 0 : 1;
  }

  private int serve() throws InterruptedException {
    ServiceConfig config = wiring.serviceConfig(flags());
    // Before a PostgreSQL is set up, which takes seconds.
    wiring.contentDir(drills.folder());
    var added =
        codes == null
            ? Map.<RegistrationCode, CodeVerdict.Valid>of()
            : wiring.registrationCodes(codes);
    var stopped = new CountDownLatch(1);
    boolean isFirst = config.database() == null && !EmbeddedDatabase.isSetUp(config.dataDir());
    Service service = Service.of(config);
    if (!offline) {
      service.askProvider();
    }
    // Before the start, which begins with a database that would be left running.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop(service);
                  stopped.countDown();
                },
                "shutdown"));
    open(service, isFirst, config, added);
    announce(service, config, streams.results());
    stopped.await();
    return 0;
  }

  private void open(
      Service service,
      boolean isFirst,
      ServiceConfig config,
      Map<RegistrationCode, CodeVerdict.Valid> added) {
    Runnable opening =
        () ->
            service.open(
                () -> wiring.teaching(drills.folder()), added, InstantSource.system(), null);
    if (!isFirst && !streams.isTerminal()) {
      opening.run();
      return;
    }
    String what =
        isFirst
            ? "Setting up a PostgreSQL in %s, once: this takes some seconds"
                .formatted(config.dataDir())
            : "Starting on the data that are there";
    Remarks.during(streams, what, opening);
  }

  private void stop(Service service) {
    if (!service.isOpen()) {
      service.close();
      return;
    }
    String what = "Stopping: what is under way is brought to its end";
    Remarks.during(streams, what, service::close);
    screen()
        .wrap("Stopped. What was taken in is kept, and goes on at the next start.")
        .forEach(streams.err()::println);
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new HashMap<>();
    if (port != null) {
      if (port < 0 || port > 65_535) {
        throw new UsageException("--port must be a number from 0 to 65535, such as 8080");
      }
      flags.put("DIALOG_PORT", Integer.toString(port));
    }
    if (host != null) {
      flags.put("DIALOG_HOST", host);
    }
    if (data != null) {
      flags.put("DIALOG_DATA_DIR", data.toString());
    }
    return flags;
  }

  private Columns screen() {
    return new Columns(streams.columns());
  }

  /** What a person needs to go on from here. */
  private void announce(Service service, ServiceConfig config, PrintWriter out) {
    Secrets secrets = service.secrets();
    var commands = new PrintedCommand(wiring.config().program(), config, service.url());
    List<String> lines = new ArrayList<>();
    lines.add("The Dialog Engine listens on " + service.url());
    lines.addAll(screen().wrap(secrets.password().announcement("Sign in there with the password")));
    lines.addAll(screen().wrap(secrets.token().announcement("Call the API with the token")));
    if (config.twilio() == null) {
      lines.addAll(
          screen()
              .wrap(
                  "  Messages go to the simulated phone:",
                  commands.phone("+12025550123"),
                  config.apiToken() == null ? "" : "(with DIALOG_API_TOKEN set as here)"));
    } else {
      lines.addAll(
          screen().wrap("  Twilio's webhook, and its fallback: %s".formatted(service.webhook())));
    }
    if (!service.hasCodes()) {
      lines.addAll(
          screen()
              .wrap(
                  "  There are no registration codes yet:",
                  commands.manage("codes", "add", "ACME", "--company", "Acme"),
                  config.database() == null ? "" : "(with DIALOG_DATABASE_URL set as here)"));
    }
    lines.forEach(out::println);
    out.flush();
  }
}

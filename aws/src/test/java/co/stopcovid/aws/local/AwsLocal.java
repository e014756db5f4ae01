package co.stopcovid.aws.local;

import co.stopcovid.adapters.json.CodesFile;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.PostgresMessageLog;
import co.stopcovid.aws.dynamo.DynamoCommandKeys;
import co.stopcovid.aws.dynamo.DynamoRegistrationCodes;
import co.stopcovid.aws.handling.WebhookHandling;
import co.stopcovid.aws.lambda.LocalFunctions;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.standalone.ProcessDefaults;
import co.stopcovid.standalone.cli.CommandLines;
import co.stopcovid.standalone.cli.ContentOption;
import co.stopcovid.standalone.cli.HelpOption;
import co.stopcovid.standalone.http.BearerToken;
import co.stopcovid.standalone.http.HttpLimits;
import co.stopcovid.standalone.phone.PhoneRoutes;
import co.stopcovid.standalone.phone.SimulatedPhones;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dialog aws-local}: the functions of a stage on stand-ins, with the simulated phone. */
@Command(
    name = "dialog aws-local",
    description = {
      "Runs the functions of the AWS deployment on this machine, on stand-ins for the services of"
          + " AWS.",
      "Everything is in memory: it is gone when this ends."
    })
public final class AwsLocal implements Callable<Integer> {
  private static final String HOST = "127.0.0.1";
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration KEEP_KEYS = Duration.ofDays(8);
  private static final int CONNECTIONS = 4;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen, on 127.0.0.1. Without it: DIALOG_PORT, else 8080.")
  @Nullable Integer port;

  @Mixin final ContentOption drills = new ContentOption();

  @Option(
      names = "--codes",
      paramLabel = "FILE",
      description = "Registration codes, in JSON. Without it: ACME, and DEMO for a demonstration.")
  @Nullable Path codes;

  @Mixin final HelpOption help = new HelpOption();

  private final Map<String, String> environment;
  private final Path home;
  private final PrintStream out;
  private final PrintStream err;

  AwsLocal(Map<String, String> environment, Path home, PrintStream out, PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    ProcessDefaults.set();
    Path home = Path.of(System.getProperty("dialog.home", ""));
    var local = new AwsLocal(System.getenv(), home, System.out, System.err);
    System.exit(CommandLines.prepared(new CommandLine(local)).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    int chosen = chosenPort();
    if (!isFree(chosen)) {
      err.printf("dialog: cannot listen on %s:%d; choose another --port%n", HOST, chosen);
      return 1;
    }
    var stopped = new CountDownLatch(1);
    try (Running running = start(chosen)) {
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
      announce(running);
      stopped.await();
    }
    return 0;
  }

  /** What runs, and how to reach it. */
  record Running(
      LocalCloud cloud,
      LocalStage stage,
      EventLoop loop,
      Javalin server,
      SimulatedPhones phones,
      AutoCloseable connections,
      String token)
      implements AutoCloseable {
    String url() {
      return "http://%s:%d".formatted(HOST, server.port());
    }

    @Override
    public void close() {
      phones.close();
      server.stop();
      loop.close();
      try {
        connections.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      stage.close();
      cloud.close();
    }
  }

  /**
   * @param listen the port; 0 for any
   */
  Running start(int listen) {
    InstantSource clock = InstantSource.system();
    var phones = new SimulatedPhones(clock);
    LocalCloud cloud = LocalCloud.start();
    LocalStage stage = cloud.stage("local", content(), 2);
    new DynamoRegistrationCodes(cloud.dynamo().client(), stage.tables()).put(registrationCodes());
    var functions = new LocalFunctions(stage, settings(), clock, phones);
    var api = new LocalApi(functions.webhook());
    var connections = Connections.open(DatabaseUrl.parse(stage.database()), CONNECTIONS);
    String token = token();
    var admission = new BearerToken(token);
    var routes =
        new PhoneRoutes(
            phones,
            new PhoneProvider(
                api,
                new DynamoCommandKeys(cloud.dynamo().client(), stage.tables(), clock, KEEP_KEYS),
                LocalStage.PUBLIC_URL),
            new PostgresMessageLog(new Database(connections)),
            request -> admission.admits(request.header("Authorization")),
            clock);
    Javalin server =
        Javalin.create(
            (JavalinConfig config) -> {
              HttpLimits.apply(config);
              api.register(config, WebhookHandling.PATH);
              routes.register(config);
            });
    server.start(HOST, listen);
    var loop = new EventLoop(functions.sources(), IDLE);
    return new Running(cloud, stage, loop, server, phones, connections, token);
  }

  private void announce(Running running) {
    out.println(
        "The functions of the AWS deployment run on stand-ins; listening on " + running.url());
    out.println("  Be a learner, in another terminal:");
    out.printf(
        "    DIALOG_API_TOKEN=%s ./dialog phone +12025550123 --url %s%n",
        running.token(), running.url());
    if (codes == null) {
      out.println("  There, write ACME to register. Ctrl-C here ends it all, and forgets it.");
    }
    out.flush();
  }

  private int chosenPort() {
    if (port != null) {
      return port;
    }
    String configured = environment.getOrDefault("DIALOG_PORT", "").strip();
    return configured.isEmpty() ? 8080 : Integer.parseInt(configured);
  }

  private static boolean isFree(int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Path content() {
    String configured = environment.getOrDefault("DIALOG_CONTENT_DIR", "").strip();
    Path named = drills.folder();
    Path folder =
        named != null
            ? named
            : configured.isEmpty() ? home.resolve("content") : Path.of(configured);
    if (!Files.isDirectory(folder)) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "there is no content folder " + folder);
    }
    return folder;
  }

  private Map<RegistrationCode, CodeVerdict.Valid> registrationCodes() {
    if (codes != null) {
      return CodesFile.read(codes);
    }
    AccountInfo acme = AccountInfo.of(Map.of("company", "Acme"));
    return Map.of(
        new RegistrationCode("ACME"), new CodeVerdict.Valid(false, acme),
        new RegistrationCode("DEMO"), new CodeVerdict.Valid(true, acme));
  }

  /** The rules of the deployment, such as the gap between messages. */
  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("DIALOG_") && !name.equals("DIALOG_PUBLIC_URL")) {
            settings.put(name, value);
          }
        });
    return settings;
  }

  private String token() {
    String configured = environment.getOrDefault("DIALOG_API_TOKEN", "").strip();
    if (!configured.isEmpty()) {
      return configured;
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}

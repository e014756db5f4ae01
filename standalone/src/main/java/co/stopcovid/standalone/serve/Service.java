package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.content.ContentWatch;
import co.stopcovid.adapters.phone.PhoneTimeZones;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import co.stopcovid.adapters.registration.AskedCodes;
import co.stopcovid.adapters.registration.HttpCodeService;
import co.stopcovid.adapters.sms.ProviderReport;
import co.stopcovid.adapters.twilio.TwilioGateway;
import co.stopcovid.adapters.twilio.TwilioSettings;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.progress.LearnerHours;
import co.stopcovid.sms.ProviderHold;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.standalone.database.DatabaseTrouble;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.database.FolderTrouble;
import co.stopcovid.standalone.database.RestoredDatabase;
import co.stopcovid.standalone.http.TwilioRoute;
import co.stopcovid.standalone.metrics.Metrics;
import co.stopcovid.standalone.phone.SimulatedPhones;
import co.stopcovid.standalone.workers.AwaitedCodes;
import co.stopcovid.standalone.workers.Holder;
import co.stopcovid.standalone.workers.Leadership;
import co.stopcovid.standalone.workers.Signal;
import co.stopcovid.standalone.workers.WorkLoop;
import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system in one process: what comes in over HTTP is committed to the log, and the process
 * that holds the lease works on it. Everything is put together here.
 */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final int CONNECTIONS = 12;

  /** Apart from the others, so that a burst of requests, which uses those up, costs no lease. */
  private static final int LEASE_CONNECTIONS = 2;

  private static final Duration REGISTRATION_TIMEOUT = Duration.ofSeconds(3);

  /** Content is taken once it was still for so long. */
  private static final Duration CONTENT_INTERVAL = Duration.ofSeconds(1);

  private static final String LEASE = "workers";

  private final ServiceConfig config;
  private final Secrets secrets;

  /** What is open, the last opened first. */
  private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

  private volatile boolean closing;

  private volatile @Nullable Leadership leadership;
  private volatile @Nullable Workers workers;
  private @Nullable PostgresCommandLog commands;
  private int port;
  private boolean hasCodes;

  private Service(ServiceConfig config, Secrets secrets) {
    this.config = config;
    this.secrets = secrets;
  }

  /**
   * Starts the service; when this returns it takes messages in.
   *
   * @param codes registration codes to be added
   * @throws UnfitDatabaseException when the database cannot be used; the message says why
   * @throws ServiceException when something else is in the way; the message says what
   */
  public static Service start(
      ServiceConfig config,
      Teaching teaching,
      Map<RegistrationCode, CodeVerdict.Valid> codes,
      InstantSource clock) {
    return start(config, () -> teaching, codes, clock);
  }

  /**
   * The same; what is taught is read and checked while the database starts.
   *
   * @param teaching what it throws is thrown
   */
  public static Service start(
      ServiceConfig config,
      Supplier<Teaching> teaching,
      Map<RegistrationCode, CodeVerdict.Valid> codes,
      InstantSource clock) {
    return start(config, teaching, codes, clock, null);
  }

  /**
   * The same with another gateway than the configured one, for measurements.
   *
   * @param gateway null for the configured one
   */
  public static Service start(
      ServiceConfig config,
      Supplier<Teaching> teaching,
      Map<RegistrationCode, CodeVerdict.Valid> codes,
      InstantSource clock,
      @Nullable SmsGateway gateway) {
    Service service = of(config);
    service.open(teaching, codes, clock, gateway);
    return service;
  }

  /**
   * A service that is not open yet; it can be closed at any time from now on.
   *
   * @throws ServiceException when the data directory cannot be used
   */
  public static Service of(ServiceConfig config) {
    try {
      return new Service(config, Secrets.of(config));
    } catch (IOException e) {
      throw new ServiceException(FolderTrouble.sentence("DIALOG_DATA_DIR", config.dataDir(), e), e);
    }
  }

  /**
   * Asks the provider whether it takes our messages.
   *
   * @throws ServiceException when it refuses us for certain; not when it cannot be asked
   */
  public void askProvider() {
    if (config.twilio() != null) {
      ProviderAtStart.trouble(gateway(InstantSource.system()))
          .ifPresent(
              trouble -> {
                throw new ServiceException(trouble, null);
              });
    }
  }

  /**
   * Opens it, once; see {@link #start}.
   *
   * @param gateway null for the configured one
   */
  public void open(
      Supplier<Teaching> teaching,
      Map<RegistrationCode, CodeVerdict.Valid> codes,
      InstantSource clock,
      @Nullable SmsGateway gateway) {
    try {
      start(teaching, codes, clock, gateway);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void start(
      Supplier<Teaching> reading,
      Map<RegistrationCode, CodeVerdict.Valid> codes,
      InstantSource clock,
      @Nullable SmsGateway other) {
    CompletableFuture<Teaching> read = CompletableFuture.supplyAsync(reading);
    DatabaseUrl url = database();
    HikariDataSource connections = connect(url);
    var leases = new Database(opened(Connections.open(url, LEASE_CONNECTIONS)));
    Teaching teaching = await(read);
    var database = new Database(connections);
    var commandsSignal = new Signal();
    var awaited = new AwaitedCodes();
    Stores stores =
        opened(
            Stores.on(database, teaching.languages(), config.rules().gap(), commandsSignal::raise));
    commands = stores.commands();
    if (!codes.isEmpty()) {
      LOG.info("registration codes added: new_or_changed={}", stores.codes().put(codes));
    }
    hasCodes = config.registration() != null || stores.codes().isAny();
    SmsGateway gateway = other == null ? gateway(clock) : other;
    var parts =
        new Parts(
            config,
            connections,
            stores,
            teaching,
            registration(stores, commandsSignal, awaited),
            awaited,
            gateway,
            new ProviderHold(new ProviderReport(LOG)),
            new LearnerHours(
                config.schedule().hours(), new PhoneTimeZones(), config.schedule().zone()),
            clock,
            opened(new Metrics()),
            commandsSignal,
            isDead());
    watchContent(teaching.content());
    listen(new Web(config, secrets, parts, this::isLeading, this::failing));
    if (gateway instanceof SimulatedPhones phones) {
      // Before the server stops, which would wait for the phones that are connected.
      opened(phones);
    }
    lead(parts, leases);
  }

  /** In a standby, too: it may have to teach at any moment. */
  private void watchContent(ContentWatch content) {
    opened(
        new WorkLoop(
            "content", () -> content.look() ? 1 : 0, new Signal(), CONTENT_INTERVAL, () -> {}));
  }

  private static Teaching await(CompletableFuture<Teaching> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    if (closing) {
      close();
      throw new ServiceException("the service was stopped while it started", null);
    }
    return resource;
  }

  private DatabaseUrl database() {
    DatabaseUrl url = config.database();
    if (url != null) {
      return url;
    }
    if (!EmbeddedDatabase.isSetUp(config.dataDir())) {
      RestoredDatabase.checkNoneCutShort(config.dataDir());
    }
    return opened(EmbeddedDatabase.start(config.dataDir())).url();
  }

  private HikariDataSource connect(DatabaseUrl url) {
    HikariDataSource connections = opened(Connections.open(url, CONNECTIONS));
    try {
      Migrations.check(new Database(connections));
      Migrations.migrate(url);
    } catch (StorageException e) {
      throw DatabaseTrouble.of(config.database(), e);
    }
    if (config.database() == null) {
      // Who holds the lock of the data directory is alone: a lease is of a process that was killed.
      Lease.expire(new Database(connections), LEASE);
    }
    return connections;
  }

  /** A service is asked aside: the learners whose codes it does not ask about wait for nothing. */
  private RegistrationCodes registration(Stores stores, Signal commands, AwaitedCodes awaited) {
    ServiceConfig.Registration service = config.registration();
    if (service == null) {
      return stores.codes();
    }
    var asked =
        opened(
            new HttpCodeService(
                service.url(),
                service.key(),
                service.stage(),
                REGISTRATION_TIMEOUT,
                System::nanoTime));
    return opened(
        new AskedCodes(
            asked,
            Duration.ZERO,
            code -> {
              awaited.answered(code);
              commands.raise();
            },
            System::nanoTime));
  }

  private SmsGateway gateway(InstantSource clock) {
    ServiceConfig.Twilio twilio = config.twilio();
    if (twilio == null) {
      return new SimulatedPhones(clock);
    }
    return new TwilioGateway(
        new TwilioSettings(
            twilio.accountSid(),
            twilio.authTokens().getFirst(),
            twilio.messagingServiceSid(),
            twilio.apiUrl(),
            URI.create(config.publicBase(config.port()) + TwilioRoute.PATH),
            TwilioSettings.DEFAULT_TIMEOUT));
  }

  private void listen(Web web) {
    Javalin server = Javalin.create(web::configure);
    // The server would write its own report of a port that is taken, beside the one that counts.
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(config.host(), config.port()));
    } catch (IOException e) {
      throw cannotListen(e);
    }
    try {
      server.start(config.host(), config.port());
    } catch (JavalinException e) {
      throw cannotListen(e);
    }
    port = server.port();
    opened(server::stop);
  }

  private ServiceException cannotListen(Exception e) {
    return new ServiceException(ListenTrouble.sentence(config.host(), config.port(), reason(e)), e);
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** Who holds the lock of the data directory is alone on its database. */
  private Predicate<String> isDead() {
    String self = Holder.current();
    return config.database() == null ? holder -> !holder.equals(self) : Holder::isDead;
  }

  private void lead(Parts parts, Database leases) {
    leadership =
        opened(
            new Leadership(
                leases,
                LEASE,
                Holder.current(),
                parts.isDead(),
                (lease, whenFencedOff) -> workers = Workers.start(parts, lease, whenFencedOff)));
  }

  /** Where programs on this machine reach it. */
  public URI url() {
    return config.localUrl(port);
  }

  /** Where commands are taken in. */
  public PostgresCommandLog commands() {
    return Objects.requireNonNull(commands, "a service that was started");
  }

  /** What Twilio is to call, and to call again when it gets no answer. */
  public String webhook() {
    return config.publicBase(port) + TwilioRoute.PATH + TwilioRoute.RETRIES;
  }

  /** Whether it takes messages in. */
  public boolean isOpen() {
    return leadership != null && !closing;
  }

  /** Whether anybody can register. */
  public boolean hasCodes() {
    return hasCodes;
  }

  public Secrets secrets() {
    return secrets;
  }

  /** Whether this process works, rather than standing by. */
  public boolean isLeading() {
    Leadership current = leadership;
    return current != null && current.isLeading();
  }

  private List<String> failing() {
    Workers current = workers;
    return current == null || !isLeading() ? List.of() : current.failing();
  }

  /**
   * Runs the tasks that are due by the clock now, and waits until they are done: for a clock that
   * somebody moves.
   */
  public void runDue() throws InterruptedException {
    Workers current = workers;
    if (current != null) {
      current.runDue();
    }
  }

  /**
   * Stops: first what works, so that another process can take over; what was taken in is committed.
   */
  @Override
  @SuppressWarnings("CatchingUnchecked") // One that does not close must not keep the others open.
  public void close() {
    closing = true;
    for (AutoCloseable resource = open.poll(); resource != null; resource = open.poll()) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.error("closing failed: what={}", resource.getClass().getSimpleName(), e);
      }
    }
  }
}

package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.postgres.Backlog;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.adapters.sms.LoggedReports;
import co.stopcovid.adapters.twilio.TwilioIntake;
import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.desk.Desk;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.sms.DeliveryReports;
import co.stopcovid.standalone.console.AttentionSection;
import co.stopcovid.standalone.console.AuditSection;
import co.stopcovid.standalone.console.Console;
import co.stopcovid.standalone.console.LearnersSection;
import co.stopcovid.standalone.console.OverviewSection;
import co.stopcovid.standalone.console.PhoneSection;
import co.stopcovid.standalone.console.Section;
import co.stopcovid.standalone.http.ApiRoutes;
import co.stopcovid.standalone.http.BearerToken;
import co.stopcovid.standalone.http.HealthRoutes;
import co.stopcovid.standalone.http.HttpLimits;
import co.stopcovid.standalone.http.MetricsRoute;
import co.stopcovid.standalone.http.TwilioRoute;
import co.stopcovid.standalone.http.api.Api;
import co.stopcovid.standalone.metrics.Sampled;
import co.stopcovid.standalone.phone.PhoneRoutes;
import co.stopcovid.standalone.phone.SimulatedPhones;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is offered over HTTP, put together. */
final class Web {
  private static final Logger LOG = LoggerFactory.getLogger(Web.class);

  /** So soon Twilio is told to come again. */
  private static final Duration WEBHOOK = Duration.ofMillis(1_700);

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Something that waits for longer shows that a consumer does not keep up. */
  private static final Duration MOST_LAG = Duration.ofMinutes(2);

  private final ServiceConfig config;
  private final Secrets secrets;
  private final Parts parts;
  private final BooleanSupplier leading;
  private final Supplier<List<String>> failing;

  Web(
      ServiceConfig config,
      Secrets secrets,
      Parts parts,
      BooleanSupplier leading,
      Supplier<List<String>> failing) {
    this.config = config;
    this.secrets = secrets;
    this.parts = parts;
    this.leading = leading;
    this.failing = failing;
  }

  void configure(JavalinConfig javalin) {
    HttpLimits.apply(javalin);
    Supplier<Optional<Backlog>> backlog = backlog();
    parts.metrics().watch(backlog, leading, parts.stores().commands()::waiting);
    parts.metrics().watchContent(parts.teaching().content()::failure);
    parts.metrics().watchProvider(parts.hold()::refusal);
    new HealthRoutes(
            backlog,
            leading,
            parts.teaching().content()::failure,
            parts.hold()::refusal,
            parts.stores().database().reversals()::last,
            failing,
            MOST_LAG)
        .register(javalin);
    new MetricsRoute(parts.metrics()::scrape).register(javalin);
    var token = new BearerToken(secrets.token().value());
    Stores stores = parts.stores();
    DrillCatalogue drills = parts.teaching().drills();
    Desk desk =
        LocalDesk.on(stores, timedCommands(), drills, parts.teaching().keywords(), parts.clock());
    Api api = LocalDesk.api(desk, stores, drills, parts.clock());
    new ApiRoutes(api, token, parts.metrics()::request).register(javalin);
    ServiceConfig.Twilio twilio = config.twilio();
    if (twilio != null) {
      new TwilioRoute(intake(twilio), observer()).register(javalin);
    }
    if (parts.gateway() instanceof SimulatedPhones phones) {
      new PhoneRoutes(
              phones,
              timedCommands(),
              parts.stores().messages(),
              request -> token.admits(request.header("Authorization")),
              parts.clock())
          .register(javalin);
    }
    console(desk, backlog).register(javalin);
  }

  private Console console(Desk desk, Supplier<Optional<Backlog>> backlog) {
    Stores stores = parts.stores();
    List<Section> sections = new ArrayList<>();
    sections.add(
        new OverviewSection(
            backlog,
            leading,
            stores.commands()::waiting,
            parts.teaching().content()::failure,
            parts.hold()::refusal,
            stores.database().reversals()::last,
            desk.reports(),
            parts.clock()));
    sections.add(new LearnersSection(desk.learners(), desk.orders(), parts.teaching().drills()));
    sections.add(
        new AttentionSection(
            desk.messages(), desk.held(), desk.learners(), desk.letters(), parts.clock()));
    if (parts.gateway() instanceof SimulatedPhones phones) {
      sections.add(new PhoneSection(phones, stores.commands(), stores.messages(), parts.clock()));
    }
    sections.add(new AuditSection(desk.reports()));
    return new Console(secrets.password().value(), config.publicUrl(), parts.clock(), sections);
  }

  private Supplier<Optional<Backlog>> backlog() {
    var source = LocalDesk.backlog(parts.stores().database(), parts.clock());
    return new Sampled<>(source::read, FRESH, PATIENCE);
  }

  private TwilioRoute.Observer observer() {
    return new TwilioRoute.Observer() {
      @Override
      public void taken(TwilioIntake.Result result, Duration took) {
        parts.metrics().inbound(result, took);
      }

      @Override
      public void putOff() {
        parts.metrics().inboundPutOff();
      }
    };
  }

  /**
   * Twilio gives up after 15 seconds, and comes again when it is told so in time. What is done
   * later all the same may be done twice without harm.
   */
  private static <T> T inTime(Supplier<T> work) {
    var result = new CompletableFuture<T>();
    Thread.ofVirtual().name("webhook").start(() -> fill(result, work));
    try {
      return result.get(WEBHOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new StorageException("it was not stored within " + WEBHOOK, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while it was being stored", e);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // The outermost frame of its thread; the other one throws.
  private static <T> void fill(CompletableFuture<T> result, Supplier<T> work) {
    try {
      result.complete(work.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private CommandStream timedCommands() {
    return timed(parts.stores().commands());
  }

  private CommandStream timed(CommandStream commands) {
    return added -> {
      long start = System.nanoTime();
      List<SequenceNumber> numbers = commands.append(added);
      parts.metrics().append(Duration.ofNanos(System.nanoTime() - start));
      return numbers;
    };
  }

  private TwilioIntake intake(ServiceConfig.Twilio twilio) {
    Stores stores = parts.stores();
    var delivery = new DeliveryReports(stores.ledger(), stores.commands(), parts.clock());
    var reports = new LoggedReports(LOG, delivery::take, parts.metrics()::notDelivered);
    return new TwilioIntake(
        config.publicBase(config.port()),
        new TwilioSignature(twilio.authTokens()),
        timed(stores.commands().within(WEBHOOK)),
        report -> inTime(() -> reports.take(report)),
        letters ->
            inTime(
                () -> {
                  stores.deadLetters().add(letters);
                  return true;
                }),
        parts.clock());
  }
}

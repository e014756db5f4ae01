package co.stopcovid.standalone.metrics;

import co.stopcovid.adapters.content.ContentFailure;
import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.EventType;
import co.stopcovid.adapters.postgres.Backlog;
import co.stopcovid.adapters.twilio.TwilioErrors;
import co.stopcovid.adapters.twilio.TwilioIntake;
import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.running.HandledCommand;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.ProviderHold;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service counts and measures, for Prometheus. Its names hold kinds of things only, never
 * whom they concern. Threads may share it.
 */
public final class Metrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
  private static final String COMMANDS = "dialog.commands";
  private static final String TYPE = "type";

  /** From what a disk takes for a commit to what a person calls broken. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final BacklogGauges gauges = new BacklogGauges(registry);
  private final Timer webhook = timer("dialog.webhook", "From a webhook's request to its answer.");
  private final Timer append = timer("dialog.append", "From commands to their commit.");
  private final Timer batch = timer("dialog.batch", "Deciding and committing a batch of commands.");
  private final Timer handOver =
      timer("dialog.reply.to.gateway", "From queueing a reply to the gateway's answer.");

  public Metrics() {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /**
   * @param failure why the newest drills are not taught
   */
  public void watchContent(Supplier<Optional<ContentFailure>> failure) {
    Gauge.builder("dialog.content.refused", failure, why -> why.get().isPresent() ? 1 : 0)
        .description("Whether the newest drills cannot be taught.")
        .strongReference(true)
        .register(registry);
  }

  /**
   * @param refusal why nothing is sent
   */
  public void watchProvider(Supplier<Optional<ProviderHold.Refusal>> refusal) {
    Gauge.builder("dialog.provider.refuses", refusal, why -> why.get().isPresent() ? 1 : 0)
        .description("Whether the provider refuses us, so that nothing is sent.")
        .strongReference(true)
        .register(registry);
  }

  /**
   * Says where the figures come from that are looked at when they are asked for. To be called once.
   *
   * @param backlog empty when the database does not answer; must come within seconds
   * @param leading whether the workers run in this process
   * @param appending how many commands wait in this process to be stored
   */
  public void watch(
      Supplier<Optional<Backlog>> backlog, BooleanSupplier leading, LongSupplier appending) {
    gauges.watch(backlog);
    Gauge.builder("dialog.leading", leading, is -> is.getAsBoolean() ? 1 : 0)
        .strongReference(true)
        .register(registry);
    Gauge.builder("dialog.commands.appending", appending, LongSupplier::getAsLong)
        .strongReference(true)
        .register(registry);
  }

  /** A request at the SMS provider's webhook was taken in, or refused. */
  public void inbound(TwilioIntake.Result result, Duration took) {
    count("dialog.inbound", "result", result.name());
    webhook.record(took);
  }

  public void append(Duration took) {
    append.record(took);
  }

  /** From when a reply was queued to the gateway's answer. */
  public void handedOver(Duration sinceQueued) {
    handOver.record(sinceQueued);
  }

  /** A webhook's request could not be taken in now. */
  public void inboundPutOff() {
    count("dialog.inbound", "result", "PUT_OFF");
  }

  /** The dialog worker has taken a batch. */
  public void batch(Duration took) {
    batch.record(took);
  }

  /**
   * Counts what became of commands. A transaction that fails afterwards is done again, and its
   * commands count again.
   */
  public void observe(List<HandledCommand> handled) {
    for (HandledCommand one : handled) {
      DialogCommand command = one.command().command();
      String type = CommandCodec.type(command);
      count(COMMANDS, TYPE, type, "outcome", outcome(one.outcome()));
      switch (one.outcome()) {
        case Outcome.Committed(var before, var committed) -> {
          for (DialogEvent event : committed.events()) {
            count("dialog.events", TYPE, EventType.of(event).name());
          }
        }
        case Outcome.Nothing(NoEvents reason) -> nothing(one, type, reason);
        case Outcome.AlreadyProcessed already -> {}
        case Outcome.Rejected rejected -> {}
        case Outcome.TryLater later -> {}
      }
    }
  }

  /** A drill that does not start is told to the log, too: somebody may wait for it. */
  private void nothing(HandledCommand handled, String type, NoEvents reason) {
    count("dialog.commands.without.events", TYPE, type, "reason", reason.name());
    if (handled.command().command() instanceof DialogCommand.StartDrill start) {
      LOG.info(
          "drill not started: phone={} seq={} drill={} reason={}",
          start.phone(),
          handled.command().seq(),
          start.drill(),
          reason);
    }
  }

  /** A message to a learner has reached a state. */
  public void message(MessageKind kind, DeliveryState reached) {
    count(
        "dialog.messages", "kind", kind.name(), "state", reached.label().toLowerCase(Locale.ROOT));
  }

  /** The provider refused a message, or reported that it did not arrive. */
  public void notDelivered(String reason) {
    count(
        "dialog.messages.not.delivered",
        "error",
        TwilioErrors.codeIn(reason).map(code -> Integer.toString(code)).orElse("none"));
  }

  /** A request of the API was answered. */
  public void request(String method, String route, int status, Duration took) {
    Timer.builder("dialog.api.requests")
        .description("Requests of the API.")
        .tags("method", method, "route", route, "status", Integer.toString(status))
        .register(registry)
        .record(took);
  }

  /** Everything in Prometheus' text format. */
  public String scrape() {
    gauges.refresh();
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private void count(String name, String... tags) {
    counters
        .computeIfAbsent(String.join("|", name, String.join("|", tags)), key -> counter(name, tags))
        .increment();
  }

  private Counter counter(String name, String... tags) {
    MeterRegistry target = registry;
    return Counter.builder(name).tags(tags).register(target);
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed committed -> "committed";
      case Outcome.Nothing nothing -> "nothing";
      case Outcome.AlreadyProcessed already -> "already_processed";
      case Outcome.Rejected rejected -> "rejected";
      case Outcome.TryLater later -> "try_later";
    };
  }
}

package co.stopcovid.standalone.metrics;

import co.stopcovid.adapters.postgres.Backlog;
import co.stopcovid.desk.Lags;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What waits, looked at when it is asked for. Not a number while the database does not answer. */
final class BacklogGauges {
  private final MeterRegistry registry;
  private final Set<String> consumers = new HashSet<>();
  private Supplier<Optional<Backlog>> source = Optional::empty;
  private volatile @Nullable Backlog latest;

  BacklogGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  synchronized void watch(Supplier<Optional<Backlog>> backlog) {
    source = backlog;
    gauge("dialog.outbound.open", "Learners with an open message.", Backlog::openLearners);
    gauge("dialog.outbound.due", "Learners with a message due now.", Backlog::dueLearners);
    gauge("dialog.outbound.parked", "Messages for a person to decide.", Backlog::parkedMessages);
    gauge("dialog.inbound.unhandled", "Messages that no rule fits.", Backlog::unhandledMessages);
    gauge("dialog.dead.letters", "What cannot be processed.", Backlog::deadLetters);
    gauge("dialog.waiting.learners", "Learners who wait for a retry.", Backlog::waitingLearners);
    gauge("dialog.learners.silent", "Learners who have fallen silent.", Backlog::silentLearners);
    Gauge.builder("dialog.database.up", this, gauges -> gauges.latest == null ? 0 : 1)
        .description("Whether the database answers.")
        .register(registry);
  }

  /** Looks anew; waits no longer than the source does. */
  synchronized void refresh() {
    Backlog now = source.get().orElse(null);
    latest = now;
    if (now != null) {
      now.lags().forEach(lag -> follow(lag.consumer()));
    }
  }

  private void follow(String consumer) {
    if (consumers.add(consumer)) {
      gauge(
          "dialog.consumer.lag",
          "How many positions a consumer is behind.",
          backlog -> lag(backlog, consumer, Lags.Lag::behind),
          "consumer",
          consumer);
      gauge(
          "dialog.consumer.lag.seconds",
          "How long the first waits for a consumer.",
          backlog -> lag(backlog, consumer, lag -> lag.age().toMillis() / 1_000.0),
          "consumer",
          consumer);
    }
  }

  private static double lag(Backlog backlog, String consumer, ToDoubleFunction<Lags.Lag> what) {
    return backlog.lags().stream()
        .filter(lag -> lag.consumer().equals(consumer))
        .mapToDouble(what)
        .findFirst()
        .orElse(Double.NaN);
  }

  private void gauge(
      String name, String description, ToDoubleFunction<Backlog> what, String... tags) {
    Gauge.builder(name, this, gauges -> gauges.value(what))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private double value(ToDoubleFunction<Backlog> what) {
    Backlog now = latest;
    return now == null ? Double.NaN : what.applyAsDouble(now);
  }
}

package co.stopcovid.standalone.http;

import co.stopcovid.adapters.content.ContentFailure;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.Backlog;
import co.stopcovid.desk.Lags;
import co.stopcovid.sms.ProviderHold;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /health/live}: the process answers. {@code /health/ready}: it can do its work, which needs
 * the database, and consumers that keep up. Both are open to anyone and tell nothing private.
 */
public final class HealthRoutes {
  public static final String LIVE = "/health/live";
  public static final String READY = "/health/ready";

  private final Supplier<Optional<Backlog>> backlog;
  private final BooleanSupplier leading;
  private final Supplier<Optional<ContentFailure>> content;
  private final Supplier<Optional<ProviderHold.Refusal>> provider;
  private final Supplier<Optional<String>> reversal;
  private final Supplier<List<String>> failing;
  private final Duration mostLag;

  /**
   * @param backlog empty when the database does not answer; must come within seconds
   * @param leading whether the workers run in this process; a standby is ready, too
   * @param content why the newest drills are not taught; that is told, but what was taught before
   *     goes on, so that the service is ready
   * @param provider why nothing is sent; that is told, but messages are taken in, so that the
   *     service is ready
   * @param reversal what is known of a database that went back; that is told until the next start,
   *     since what was lost then is for people to find out
   * @param failing the workers that fail again and again; that is told, but messages are taken in,
   *     so that the service is ready
   * @param mostLag how long something may wait for a consumer
   */
  public HealthRoutes(
      Supplier<Optional<Backlog>> backlog,
      BooleanSupplier leading,
      Supplier<Optional<ContentFailure>> content,
      Supplier<Optional<ProviderHold.Refusal>> provider,
      Supplier<Optional<String>> reversal,
      Supplier<List<String>> failing,
      Duration mostLag) {
    this.backlog = backlog;
    this.leading = leading;
    this.content = content;
    this.provider = provider;
    this.reversal = reversal;
    this.failing = failing;
    this.mostLag = mostLag;
  }

  public void register(JavalinConfig config) {
    config.routes.get(LIVE, HealthRoutes::live);
    config.routes.get(READY, this::ready);
    // As some balancers ask; the server leaves the body out.
    config.routes.head(LIVE, HealthRoutes::live);
    config.routes.head(READY, this::ready);
  }

  private static void live(Context context) {
    answer(context, HttpStatus.OK, "{\"status\":\"live\"}");
  }

  private void ready(Context context) {
    Optional<Backlog> known = backlog.get();
    List<Lags.Lag> lags = known.map(Backlog::lags).orElse(List.of());
    boolean keepsUp = lags.stream().allMatch(lag -> lag.age().compareTo(mostLag) <= 0);
    boolean ready = known.isPresent() && keepsUp;
    String body =
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("status", ready ? "ready" : "not ready");
              json.writeStringProperty("database", known.isPresent() ? "up" : "out of reach");
              json.writeStringProperty("role", leading.getAsBoolean() ? "leading" : "standby");
              reversal
                  .get()
                  .ifPresent(what -> json.writeStringProperty("database_went_back", what));
              writeFailing(json);
              writeContent(json);
              writeProvider(json);
              json.writeArrayPropertyStart("consumers");
              for (Lags.Lag lag : lags) {
                json.writeStartObject();
                json.writeStringProperty("consumer", lag.consumer());
                json.writeNumberProperty("behind", lag.behind());
                json.writeNumberProperty("lag_seconds", lag.age().toSeconds());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            });
    answer(context, ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, body);
  }

  private void writeFailing(JsonGenerator json) {
    List<String> names = failing.get();
    if (!names.isEmpty()) {
      json.writeArrayPropertyStart("failing_workers");
      names.forEach(json::writeString);
      json.writeEndArray();
    }
  }

  private void writeContent(JsonGenerator json) {
    Optional<ContentFailure> failure = content.get();
    json.writeStringProperty("content", failure.isEmpty() ? "newest" : "refused");
    failure.ifPresent(why -> Json.writeTime(json, "content_refused_since", why.since()));
  }

  private void writeProvider(JsonGenerator json) {
    Optional<ProviderHold.Refusal> refusal = provider.get();
    json.writeStringProperty(
        "provider", refusal.isEmpty() ? "no refusal" : "refuses us, nothing is sent");
    refusal.ifPresent(
        why -> {
          json.writeStringProperty("provider_reason", why.reason());
          Json.writeTime(json, "provider_refuses_since", why.since());
        });
  }

  private static void answer(Context context, HttpStatus status, String body) {
    context
        .status(status)
        .header("Cache-Control", "no-store")
        .contentType("application/json")
        .result(body);
  }
}

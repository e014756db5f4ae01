package co.stopcovid.standalone.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresBacklog;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresMessageLog;
import co.stopcovid.adapters.postgres.PostgresOutboundLedger;
import co.stopcovid.adapters.postgres.PostgresOutboundQueue;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.adapters.postgres.PostgresRegistrationCodes;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.desk.Desk;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.running.EventPage;
import co.stopcovid.running.HandledCommand;
import co.stopcovid.sms.InboundLog;
import co.stopcovid.standalone.http.ApiRoutes;
import co.stopcovid.standalone.http.BearerToken;
import co.stopcovid.standalone.http.HealthRoutes;
import co.stopcovid.standalone.http.HttpLimits;
import co.stopcovid.standalone.http.MetricsRoute;
import co.stopcovid.standalone.metrics.Metrics;
import co.stopcovid.standalone.metrics.Sampled;
import co.stopcovid.standalone.serve.LocalDesk;
import co.stopcovid.standalone.serve.Stores;
import co.stopcovid.standalone.workers.DialogWorker;
import co.stopcovid.testkit.PostgresServer;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The whole HTTP side but the webhook, on a database of its own, and a client of it. */
final class ApiServer implements AutoCloseable {
  static final String TOKEN = "a-token-for-tests-0123456789";
  static final Duration MOST_LAG = Duration.ofMinutes(1);
  static final PublishedDrills DRILLS =
      new PublishedDrills(
          List.of(Samples.drill("01-soap"), Samples.drill("02-masks")),
          new EngineTexts(Samples.drill("01-soap").translations(), Samples.TABLES));

  private final HikariDataSource connections;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin server;
  private final PostgresDrillVersions versions;
  private final DialogWorker worker;
  private final OpenApiDocument document = new OpenApiDocument();
  final Database database;
  final PostgresCommandLog log;
  final PostgresDialogStore dialogs;
  final PostgresProgressStore progress;
  final PostgresMessageLog messages;
  final PostgresOutboundLedger ledger;
  final PostgresOutboundQueue queue;
  final PostgresRegistrationCodes codes;
  final PostgresDeadLetters letters;
  final TestClock clock = new TestClock(Samples.NOON);
  final Metrics metrics = new Metrics();
  final Api api;
  volatile boolean leading = true;

  ApiServer() {
    connections =
        Connections.open(
            DatabaseUrl.parse(
                PostgresServer.newDatabase(
                    "dialog", url -> Migrations.migrate(DatabaseUrl.parse(url)))),
            8);
    database = new Database(connections);
    Stores stores = Stores.on(database, Samples.TABLES, Duration.ofSeconds(3), () -> {});
    log = stores.commands();
    versions = stores.drillVersions();
    dialogs = stores.dialogs();
    progress = stores.progress();
    messages = stores.messages();
    ledger = stores.ledger();
    codes = stores.codes();
    letters = stores.deadLetters();
    queue = new PostgresOutboundQueue(database, Duration.ofSeconds(3));
    worker = worker();
    var backlog =
        new Sampled<>(
            new PostgresBacklog(database, List.of("dialog"), List.of("progress"), clock)::read,
            Duration.ZERO,
            Duration.ofSeconds(2));
    metrics.watch(backlog, () -> leading, log::waiting);
    Desk desk = LocalDesk.on(stores, log, DRILLS, new Keywords(Samples.TABLES), clock);
    api = LocalDesk.api(desk, stores, DRILLS, clock);
    server =
        Javalin.create(
                config -> {
                  HttpLimits.apply(config);
                  new ApiRoutes(api, new BearerToken(TOKEN), metrics::request).register(config);
                  new HealthRoutes(
                          backlog,
                          () -> leading,
                          Optional::empty,
                          Optional::empty,
                          database.reversals()::last,
                          List::of,
                          MOST_LAG)
                      .register(config);
                  new MetricsRoute(metrics::scrape).register(config);
                })
            .start("127.0.0.1", 0);
  }

  private DialogWorker worker() {
    var keywords = new Keywords(Samples.TABLES);
    var engine = new DialogEngine(dialogs, versions, DRILLS, codes, keywords, clock);
    var inbound = new InboundLog(messages, clock);
    return new DialogWorker(
        database,
        Fence.NONE,
        log,
        letters,
        engine,
        keywords,
        clock,
        handled -> {
          metrics.observe(handled);
          inbound.take(
              handled.stream().map(HandledCommand::command).toList(),
              handled.stream().map(HandledCommand::outcome).toList());
        });
  }

  /** Does all that the commands so far call for, but send. */
  void work() {
    while (worker.work() > 0) {
      // Goes on until nothing is left.
    }
    List<DrillSlug> course = DRILLS.all().stream().map(DrillVersion::slug).toList();
    progress.apply(
        new PostgresEventFeed(database, versions)
            .after(0, 10_000).stream()
                .map(entry -> ((EventPage.Entry.Intact) entry.entry()).batch())
                .toList(),
        course);
  }

  /** A learner's message, worked off. */
  void sms(String phone, String body) {
    log.append(List.of(new NewCommand(new DialogCommand.ReceiveSms(new PhoneNumber(phone), body))));
    work();
  }

  int port() {
    return server.port();
  }

  /** A request without the token. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  /** A request of the API with the token. */
  HttpRequest.Builder authorized(String path) {
    return request(Api.BASE + path).header("Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpRequest built = request.build();
      HttpResponse<String> answer = client.send(built, BodyHandlers.ofString());
      String path = built.uri().getRawPath();
      if (path.startsWith(Api.BASE)) {
        assertThat(
                document.faults(
                    built.method(),
                    path.substring(Api.BASE.length()),
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(null),
                    answer.body()))
            .as("%s %s: %s", built.method(), path, answer.body())
            .isEmpty();
      }
      return answer;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(authorized(path));
  }

  HttpResponse<String> post(String path, String body) {
    return send(authorized(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> put(String path, String body) {
    return send(authorized(path).PUT(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> delete(String path) {
    return send(authorized(path).DELETE());
  }

  /** The items of all pages. */
  List<JsonNode> all(String path, int limit) {
    List<JsonNode> all = new ArrayList<>();
    String base = path + (path.contains("?") ? "&" : "?") + "limit=" + limit;
    String after = "";
    while (true) {
      JsonNode page = json(get(base + after));
      assertThat(page.get("items").size()).isLessThanOrEqualTo(limit);
      page.get("items").forEach(all::add);
      if (page.get("next").isNull()) {
        return all;
      }
      after = "&after=" + URLEncoder.encode(page.get("next").stringValue(), StandardCharsets.UTF_8);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body());
  }

  /** From now on every use of the database fails. */
  void loseDatabase() {
    connections.close();
  }

  @Override
  public void close() {
    // First, else the server waits for its connection.
    client.shutdownNow();
    server.stop();
    log.close();
    connections.close();
    metrics.close();
  }
}

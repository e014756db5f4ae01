package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresBacklog;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.standalone.http.BearerToken;
import co.stopcovid.standalone.http.HealthRoutes;
import co.stopcovid.standalone.http.HttpLimits;
import co.stopcovid.standalone.http.MetricsRoute;
import co.stopcovid.standalone.metrics.Metrics;
import co.stopcovid.standalone.metrics.Sampled;
import co.stopcovid.testkit.PostgresServer;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The whole HTTP side but the webhook, on a database of its own, and a client of it. */
final class ApiServer implements AutoCloseable {
  static final String TOKEN = "a-token-for-tests-0123456789";
  static final Duration MOST_LAG = Duration.ofMinutes(1);

  private final HikariDataSource connections;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin server;
  final Database database;
  final PostgresCommandLog log;
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
    log = new PostgresCommandLog(database, () -> {});
    var backlog =
        new Sampled<>(
            new PostgresBacklog(database, List.of("dialog"), List.of("progress"), clock)::read,
            Duration.ZERO,
            Duration.ofSeconds(2));
    metrics.watch(backlog, () -> leading, log::waiting);
    api =
        new Api(
            new BearerToken(TOKEN), metrics::request, List.<Resource>of(new CommandResource(log)));
    server =
        Javalin.create(
                config -> {
                  HttpLimits.apply(config);
                  api.register(config);
                  new HealthRoutes(backlog, () -> leading, MOST_LAG).register(config);
                  new MetricsRoute(metrics::scrape).register(config);
                })
            .start("127.0.0.1", 0);
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
      return client.send(request.build(), BodyHandlers.ofString());
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

  static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body());
  }

  /** From now on every use of the database fails. */
  void loseDatabase() {
    connections.close();
  }

  @Override
  public void close() {
    server.stop();
    log.close();
    connections.close();
    metrics.close();
  }
}

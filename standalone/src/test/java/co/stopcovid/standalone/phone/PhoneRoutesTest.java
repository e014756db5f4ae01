package co.stopcovid.standalone.phone;

import static co.stopcovid.standalone.phone.PhoneWorld.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.OverloadedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PhoneRoutesTest {
  private final PhoneWorld world = new PhoneWorld(Duration.ofMillis(50));
  private final URI messages = URI.create(world.serve() + "/phone/" + ANA.value() + "/messages");
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    world.close();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(messages).header("Authorization", "Bearer " + PhoneWorld.TOKEN);
  }

  private HttpResponse<String> post(String key, String body)
      throws IOException, InterruptedException {
    return client.send(
        request()
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<InputStream> follow(String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request();
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Lines up to the first that begins so. */
  private static List<String> until(BufferedReader reader, String beginning) throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    do {
      line = reader.readLine();
      assertThat(line).as("after %s", lines).isNotNull();
      lines.add(line);
    } while (!line.startsWith(beginning));
    return lines;
  }

  private static BufferedReader reader(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  @Test
  void aMessageIsACommandOnceItIsAccepted() throws Exception {
    HttpResponse<String> first = post("k1", "{\"text\":\"¿Qué? 你好 😀\"}");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.body()).isEqualTo("{\"seq\":\"1\"}");
    assertThat(post("k1", "{\"text\":\"¿Qué? 你好 😀\"}").body()).isEqualTo(first.body());
    assertThat(world.commands.all())
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.phone()).isEqualTo(ANA);
              assertThat(((ReceiveSms) command).body()).isEqualTo("¿Qué? 你好 😀");
            });
    assertThat(post("k2", "{\"text\":\"\"}").statusCode()).isEqualTo(202);
    assertThat(post("k3", "{\"text\":\"" + "é".repeat(ReceiveSms.MAX_BODY) + "\"}").statusCode())
        .isEqualTo(202);
  }

  @Test
  void whatIsNotCommittedIsNotAccepted() throws Exception {
    world.commands.failWith(new OverloadedException("commands", 100_000));
    HttpResponse<String> overloaded = post("k1", "{\"text\":\"hi\"}");
    assertThat(overloaded.statusCode()).isEqualTo(503);
    assertThat(overloaded.headers().firstValue("Retry-After")).isPresent();
    world.commands.failWith(new StorageException("secret place", new SQLException("x")));
    HttpResponse<String> failed = post("k1", "{\"text\":\"hi\"}");
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.body()).contains("\"status\":503").doesNotContain("secret");
  }

  @Test
  void whatIsNoMessageIsRefused() throws Exception {
    assertThat(post("k1", "{\"body\":\"hi\"}").statusCode()).isEqualTo(400);
    assertThat(post("k1", "hi").statusCode()).isEqualTo(400);
    assertThat(post("k".repeat(101), "{\"text\":\"hi\"}").statusCode()).isEqualTo(400);
    String long16k = "x".repeat(ReceiveSms.MAX_BODY + 1);
    assertThat(post("k1", "{\"text\":\"" + long16k + "\"}").statusCode()).isEqualTo(400);
    assertThat(post("k1", "x".repeat(PhoneRoutes.LARGEST_BODY + 1)).statusCode()).isEqualTo(413);
    HttpRequest keyless =
        request().POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"hi\"}")).build();
    HttpResponse<String> answer = client.send(keyless, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("Idempotency-Key");
    assertThat(follow("Last-Event-ID", "nonsense").statusCode()).isEqualTo(400);
    URI noNumber = URI.create(messages.toString().replace(ANA.value(), "12"));
    HttpRequest other =
        HttpRequest.newBuilder(noNumber)
            .header("Authorization", "bearer " + PhoneWorld.TOKEN)
            .build();
    assertThat(client.send(other, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(400);
    assertThat(world.commands.all()).isEmpty();
  }

  @Test
  void whoHasNoTokenSeesNothing() throws Exception {
    for (String header : List.of("Bearer wrong", "Basic " + PhoneWorld.TOKEN, "Bearer ", "")) {
      HttpRequest.Builder get = HttpRequest.newBuilder(messages).header("Authorization", header);
      assertThat(client.send(get.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
      HttpRequest post = get.POST(HttpRequest.BodyPublishers.ofString("{}")).build();
      assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
    }
    assertThat(world.phones.connected()).isZero();
  }

  @Test
  void theConversationIsFollowedFromItsBeginningAndLive() throws Exception {
    world.say("One\nline \"two\"");
    HttpResponse<InputStream> response = follow();
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (BufferedReader reader = reader(response)) {
      List<String> history = until(reader, "event: live");
      assertThat(history).contains("id: 0/1-0");
      assertThat(history)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("data: {\"id\":\"out-1-0\"")
                      .contains("\"direction\":\"outbound\"", "One\\nline \\\"two\\\""));
      post("k1", "{\"text\":\"hi\"}");
      assertThat(until(reader, "data: {\"id\":\"in-1\"")).contains("id: 1/1-0");
      world.say("Two");
      assertThat(until(reader, "data: {\"id\":\"out-2-0\"")).contains("id: 1/2-0");
      // Silence is not taken for an end, and what only the log has comes too.
      until(reader, ":");
    }
    try (BufferedReader reader = reader(follow("Last-Event-ID", "0/2-0"))) {
      world.work();
      assertThat(until(reader, "data: {\"id\":")).anyMatch(line -> line.contains("in-1"));
    }
  }

  @Test
  void aServerThatStopsDoesNotWaitForPhones() throws Exception {
    try (BufferedReader reader = reader(follow())) {
      until(reader, "event: live");
      world.close();
      String line = reader.readLine();
      while (line != null) {
        line = reader.readLine();
      }
    }
    assertThat(world.phones.connected()).isZero();
  }
}

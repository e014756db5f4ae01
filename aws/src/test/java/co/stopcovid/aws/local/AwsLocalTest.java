package co.stopcovid.aws.local;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.aws.local.AwsLocal.Running;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AwsLocalTest {
  private static final Path HOME = Path.of(System.getProperty("project.root", ""));

  @Test
  @Timeout(120)
  void aLearnerRegistersOnTheSimulatedPhoneAndIsTaught() throws Exception {
    var local =
        new AwsLocal(
            Map.of("DIALOG_SMS_GAP", "0s"),
            HOME,
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()));
    try (Running running = local.start(0);
        var client = HttpClient.newHttpClient()) {
      URI phone = URI.create(running.url() + "/phone/%2B12025550123/messages");
      var said =
          client.send(
              request(phone, running)
                  .header("Idempotency-Key", "first")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"acme\"}"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(said.statusCode()).isEqualTo(202);

      var heard = client.send(request(phone, running).GET().build(), BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(heard.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.lines().anyMatch(line -> line.contains("1) English"))).isTrue();
      }

      var forged =
          client.send(
              HttpRequest.newBuilder(URI.create(running.url() + "/webhooks/twilio"))
                  .timeout(Duration.ofSeconds(20))
                  .header("X-Twilio-Signature", "forged")
                  .POST(HttpRequest.BodyPublishers.ofString("From=%2B12025550123&Body=stop"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(forged.statusCode()).isEqualTo(403);
    }
  }

  private static HttpRequest.Builder request(URI uri, Running running) {
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + running.token());
  }
}

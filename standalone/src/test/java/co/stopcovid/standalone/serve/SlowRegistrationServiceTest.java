package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.TestClock;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A whole service whose registration service is silent about one code until it is let go. */
final class SlowRegistrationServiceTest {
  private static final String ANA = "+12025550123";
  private static final int OTHERS = 20;

  /** Far below the three seconds that a service is given. */
  private static final Duration UNDISTURBED = Duration.ofMillis(1_500);

  private final CountDownLatch held = new CountDownLatch(1);
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private final List<String> others =
      IntStream.range(0, OTHERS).mapToObj(i -> "+120255502%02d".formatted(i)).toList();

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(body);
    if (body.contains("slow")) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    boolean isValid = body.contains("acme") || body.contains("slow");
    byte[] answer =
        "{\"valid\":%s,\"account_info\":{\"company\":\"Acme\"}}"
            .formatted(isValid)
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(isValid ? 200 : 404, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void onlyTheLearnerWhoseCodeIsAskedAboutWaits() throws Exception {
    HttpServer registration =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    registration.setExecutor(threads);
    registration.createContext("/", this::answer);
    registration.start();
    String url = "http://127.0.0.1:%d/codes".formatted(registration.getAddress().getPort());
    try (var dialog =
        ServiceUnderTest.start(
            new TestClock(ServiceUnderTest.MORNING),
            Map.of("REGISTRATION_VALIDATION_URL", url, "REGISTRATION_VALIDATION_STAGE", "trial"))) {
      for (String other : others) {
        dialog.says(other, "acme");
        dialog.texts(other, 1);
      }
      dialog.says(ANA, "slow");

      List<Duration> waits = new ArrayList<>();
      for (String other : others) {
        long start = System.nanoTime();
        dialog.says(other, "1");
        dialog.texts(other, 3);
        waits.add(Duration.ofNanos(System.nanoTime() - start));
      }

      assertThat(dialog.twilio.textsTo(ANA)).as("the service still thinks").isEmpty();
      assertThat(Collections.max(waits)).isLessThan(UNDISTURBED);
      held.countDown();
      assertThat(dialog.texts(ANA, 1)).isNotEmpty();
      assertThat(asked).as("one code of many learners is asked about once").hasSize(2);
      assertThat(asked).allSatisfy(body -> assertThat(body).contains("\"stage\":\"trial\""));
    } finally {
      held.countDown();
      registration.stop(0);
      threads.shutdownNow();
    }
  }
}

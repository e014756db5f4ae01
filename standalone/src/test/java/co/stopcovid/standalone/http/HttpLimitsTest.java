package co.stopcovid.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpLimitsTest {
  private static final int MOST = 3;

  private final List<Socket> silent = new ArrayList<>();
  private final Javalin server =
      Javalin.create(
              config -> {
                HttpLimits.apply(config, MOST);
                config.routes.get("/", context -> context.result("here"));
              })
          .start("127.0.0.1", 0);

  @AfterEach
  void close() throws IOException {
    for (Socket socket : silent) {
      socket.close();
    }
    server.stop();
  }

  private void connect(int connections) throws Exception {
    for (int i = 0; i < connections; i++) {
      silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      // Until the server has it: those it is just taking in keep the longer time.
      Thread.sleep(200);
    }
  }

  private String answer(Duration patience) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
              .timeout(patience)
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  /** Else they would keep everybody out for as long as a connection may be idle. */
  @Test
  void connectionsThatSayNothingMakeRoomWhenThereAreTooMany() throws Exception {
    connect(MOST);
    long start = System.nanoTime();

    assertThat(answer(Duration.ofSeconds(15))).isEqualTo("here");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(12));
  }

  /** They are never idle, and never done. */
  @Test
  void connectionsThatSayALittleNowAndThenMakeRoomToo() throws Exception {
    connect(MOST);
    try (var trickle = Executors.newSingleThreadScheduledExecutor()) {
      var _ = trickle.scheduleAtFixedRate(this::sayALittle, 0, 200, TimeUnit.MILLISECONDS);
      long start = System.nanoTime();
      assertThat(answer(Duration.ofSeconds(15))).isEqualTo("here");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  private void sayALittle() {
    for (Socket socket : silent) {
      try {
        socket.getOutputStream().write('G');
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // It was closed, as it should be.
      }
    }
  }

  @Test
  void fewerOfThemKeepNobodyOut() throws Exception {
    // With the one that asks there is still room for another.
    connect(MOST - 2);
    assertThat(answer(Duration.ofSeconds(15))).isEqualTo("here");
    for (Socket socket : silent) {
      socket.setSoTimeout(1_500);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** Twilio gives up after 15 seconds; whoever is thrown out here comes back at once. */
  @Test
  void hundredsThatTrickleAndComeBackLetAWebhookThrough() throws Exception {
    int many = 400;
    Javalin crowded =
        Javalin.create(
                config -> {
                  HttpLimits.apply(config, 200);
                  config.routes.post(
                      "/webhook",
                      context -> context.result("took " + BoundedBody.read(context, 1_000).length));
                })
            .start("127.0.0.1", 0);
    List<Socket> crowd = new ArrayList<>();
    try (var trickle = Executors.newScheduledThreadPool(1)) {
      for (int i = 0; i < many; i++) {
        crowd.add(new Socket(InetAddress.getLoopbackAddress(), crowded.port()));
      }
      var _ =
          trickle.scheduleWithFixedDelay(
              () -> trickle(crowd, crowded.port()), 0, 100, TimeUnit.MILLISECONDS);
      for (int i = 0; i < 3; i++) {
        var request =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:%d/webhook".formatted(crowded.port())))
                .timeout(Duration.ofSeconds(15))
                .POST(HttpRequest.BodyPublishers.ofString("From=x"))
                .build();
        // On a connection of its own, which has to find room.
        try (HttpClient own = HttpClient.newHttpClient()) {
          assertThat(own.send(request, BodyHandlers.ofString()).body()).isEqualTo("took 6");
        }
      }
      trickle.shutdownNow();
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
      crowded.stop();
    }
  }

  private static void trickle(List<Socket> crowd, int port) {
    for (int i = 0; i < crowd.size(); i++) {
      try {
        crowd.get(i).getOutputStream().write('G');
      } catch (IOException thrownOut) {
        try {
          crowd.get(i).close();
          crowd.set(i, new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
          // It is tried again.
        }
      }
    }
  }
}

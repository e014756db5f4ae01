package co.stopcovid.aws.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Lambda's runtime API on loopback: one event for a function, and its answer. */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final int NO_CONTENT = 202;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Instant> ready = new CompletableFuture<>();
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final String event;
  private boolean isGiven;

  RuntimeApi(String event) throws IOException {
    this.event = event;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(PREFIX, this::handle);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (path.endsWith("/next")) {
      next(exchange);
      return;
    }
    String text = new String(body, StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(NO_CONTENT, -1);
    exchange.close();
    if (!path.endsWith("/init/error")) {
      answer.complete(text);
    } else {
      answer.completeExceptionally(new AssertionError(path + ": " + text));
      ready.completeExceptionally(new AssertionError(path + ": " + text));
    }
  }

  /** The second time the function waits for an event that never comes. */
  private void next(HttpExchange exchange) throws IOException {
    ready.complete(Instant.now());
    synchronized (this) {
      if (!isGiven) {
        isGiven = true;
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.add("Lambda-Runtime-Aws-Request-Id", "00000000-0000-0000-0000-000000000001");
        headers.add(
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(Instant.now().plusSeconds(60).toEpochMilli()));
        headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:function");
        headers.add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
        return;
      }
    }
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  /** When the function asked for its first event: it has started. */
  Instant awaitReady(Duration patience) throws Exception {
    return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What the function answers, or the error that it fails with. */
  String awaitAnswer(Duration patience) throws Exception {
    return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

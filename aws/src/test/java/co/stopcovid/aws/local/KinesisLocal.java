package co.stopcovid.aws.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * A Kinesis on this machine: kinesis-local in Node.js, on loopback and a free port. It keeps its
 * records in memory and ends with this process.
 */
public final class KinesisLocal implements AutoCloseable {
  private static final String READY = "plain-port=";
  private static final Duration START_TIME = Duration.ofSeconds(60);

  private final Process process;
  private final URI endpoint;
  private final KinesisClient client;

  private KinesisLocal(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    client = LocalAws.client(KinesisClient.builder(), endpoint);
  }

  /**
   * Starts it from where the build has installed it.
   *
   * @throws IllegalStateException when it is not installed, or does not start
   */
  public static KinesisLocal start() {
    Path home = home();
    Path main = home.resolve("node_modules/kinesis-local/main.js");
    if (!Files.isRegularFile(main)) {
      throw new IllegalStateException(
          "there is no %s; `mvn -pl aws -am test-compile` installs it".formatted(main));
    }
    var builder =
        new ProcessBuilder(
                "node", "--require", home.resolve("loopback.cjs").toString(), main.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    // Names for loopback.cjs, which takes free ports.
    environment.put("KINESIS_MOCK_PLAIN_PORT", "4568");
    environment.put("KINESIS_MOCK_TLS_PORT", "4567");
    environment.put("KINESIS_MOCK_CERT_PATH", main.resolveSibling("server.json").toString());
    environment.put("AWS_ACCOUNT_ID", LocalAws.ACCOUNT);
    environment.put("AWS_REGION", LocalAws.REGION.id());
    environment.put("LOG_LEVEL", "ERROR");
    for (String operation :
        new String[] {"CREATE_STREAM", "DELETE_STREAM", "SPLIT_SHARD", "MERGE_SHARDS"}) {
      environment.put(operation + "_DURATION", "10ms");
    }
    try {
      Process process = builder.start();
      return new KinesisLocal(process, URI.create("http://127.0.0.1:" + port(process)));
    } catch (IOException e) {
      throw new IllegalStateException("node cannot be started; the local Kinesis needs it", e);
    }
  }

  private static Path home() {
    String root = System.getProperty("project.root", System.getProperty("dialog.home", ""));
    return Path.of(root, "aws", "target", "kinesis").toAbsolutePath();
  }

  /** Once its port is known, what else it says is read and dropped, so that it never waits. */
  private static int port(Process process) {
    var port = new CompletableFuture<Integer>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  if (line.startsWith(READY)) {
                    port.complete(Integer.valueOf(line.substring(READY.length())));
                  }
                }
                port.completeExceptionally(new IllegalStateException("kinesis-local has ended"));
              } catch (IOException e) {
                port.completeExceptionally(new UncheckedIOException(e));
              }
            });
    try {
      return port.get(START_TIME.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("kinesis-local does not start", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kinesis-local starts", e);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  public KinesisClient client() {
    return client;
  }

  /** Creates a stream and waits until it can be used. */
  public void createStream(String name, int shards) {
    client.createStream(request -> request.streamName(name).shardCount(shards));
    awaitActive(name);
  }

  /** Waits until a stream has done what it was told: creation, or a reshard. */
  public void awaitActive(String name) {
    client
        .waiter()
        .waitUntilStreamExists(
            request -> request.streamName(name),
            override ->
                override
                    .maxAttempts(200)
                    .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(20))));
    StreamStatus status =
        client
            .describeStreamSummary(request -> request.streamName(name))
            .streamDescriptionSummary()
            .streamStatus();
    if (status != StreamStatus.ACTIVE) {
      throw new IllegalStateException("stream %s is %s".formatted(name, status));
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package co.stopcovid.adapters.registration;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The organisation's registration service: a POST of {@code {"code":"acme","stage":"prod"}}, which
 * it answers with {@code {"valid":true,"is_demo":false,"account_info":{…}}}. A service may well say
 * "no such code" with a status of 404; anything without {@code valid} is no answer.
 *
 * <p>One that fails time after time is left alone for a while.
 */
public final class HttpCodeService implements CodeService, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpCodeService.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration REST = Duration.ofSeconds(10);

  /** Silences in a row before it is left alone: one alone may be of the code that was asked for. */
  private static final int MOST_SILENCES = 3;

  private static final int LARGEST_ANSWER = 100_000;
  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  private final URI url;
  private final @Nullable String key;
  private final String stage;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final HttpClient client;
  private final AtomicInteger silences = new AtomicInteger();
  private volatile long silentSince;

  /**
   * @param key shown as {@code Authorization: Bearer …}; null for none
   * @param stage told to the service, which may have other codes for a trial than for earnest
   * @param timeout for one whole answer
   * @param nanoTime a clock that nobody sets, such as {@link System#nanoTime}
   */
  public HttpCodeService(
      URI url, @Nullable String key, String stage, Duration timeout, LongSupplier nanoTime) {
    this.url = url;
    this.key = key;
    this.stage = stage;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  @Override
  public CodeVerdict ask(RegistrationCode code) throws InterruptedException {
    if (rests()) {
      return new CodeVerdict.Unavailable("the registration service did not answer lately");
    }
    CodeVerdict verdict = read(code);
    if (!(verdict instanceof CodeVerdict.Unavailable)) {
      silences.set(0);
    }
    return verdict;
  }

  private boolean rests() {
    return silences.get() >= MOST_SILENCES && nanoTime.getAsLong() - silentSince < REST.toNanos();
  }

  /** The limit is on the whole answer: the client's own ends with the answer's first line. */
  private CodeVerdict read(RegistrationCode code) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request(code), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      return read(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return silent("the registration service does not answer within " + timeout);
    } catch (ExecutionException e) {
      return silent("the registration service does not answer: " + e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(RegistrationCode code) {
    String body =
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("code", code.value());
              json.writeStringProperty("stage", stage);
              json.writeEndObject();
            });
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return request.build();
  }

  private CodeVerdict read(HttpResponse<byte[]> response) {
    if (!mayAnswer(response.statusCode())) {
      return silent("the registration service answers with status " + response.statusCode());
    }
    try {
      return ValidCodeCodec.decodeAnswer(new String(response.body(), StandardCharsets.UTF_8));
    } catch (MalformedJsonException e) {
      return silent(
          "the registration service's answer with status %d cannot be read: %s"
              .formatted(response.statusCode(), e.getMessage()));
    }
  }

  private static boolean mayAnswer(int status) {
    boolean isDone = status >= OK && status < REDIRECTION;
    boolean isRefused = status >= CLIENT_ERROR && status < SERVER_ERROR;
    return isDone || (isRefused && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS);
  }

  private CodeVerdict silent(String reason) {
    silentSince = nanoTime.getAsLong();
    silences.incrementAndGet();
    LOG.warn("registration code not checked: reason={}", reason);
    return new CodeVerdict.Unavailable(reason);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

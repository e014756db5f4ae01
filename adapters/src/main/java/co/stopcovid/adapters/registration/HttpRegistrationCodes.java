package co.stopcovid.adapters.registration;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the organisation's registration service, one POST of {@code {"code":"acme"}} for each code;
 * it answers {@code {"valid":true,"is_demo":false,"account_info":{…}}}. Anything else is no answer.
 *
 * <p>Other learners wait while it is asked, so that a service that did not answer is left alone for
 * a while, and those codes are tried again later.
 */
public final class HttpRegistrationCodes implements RegistrationCodes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpRegistrationCodes.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration REST = Duration.ofSeconds(10);
  private static final int AT_ONCE = 16;
  private static final int LARGEST_ANSWER = 100_000;
  private static final int OK = 200;

  private final URI url;
  private final @Nullable String key;
  private final Duration timeout;
  private final InstantSource clock;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private volatile Instant restsUntil = Instant.MIN;

  /**
   * @param key shown as {@code Authorization: Bearer …}; null for none
   * @param timeout for one answer, and for all that are asked for at once
   */
  public HttpRegistrationCodes(
      URI url, @Nullable String key, Duration timeout, InstantSource clock) {
    this.url = url;
    this.key = key;
    this.timeout = timeout;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes) {
    List<RegistrationCode> asked = List.copyOf(codes);
    List<Callable<CodeVerdict>> questions = new ArrayList<>(asked.size());
    asked.forEach(code -> questions.add(() -> ask(code)));
    Map<RegistrationCode, CodeVerdict> verdicts = HashMap.newHashMap(asked.size());
    try {
      // What is not answered by then is cancelled.
      List<Future<CodeVerdict>> answers =
          threads.invokeAll(questions, timeout.toMillis(), TimeUnit.MILLISECONDS);
      for (int i = 0; i < asked.size(); i++) {
        verdicts.put(asked.get(i), verdict(answers.get(i)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      asked.forEach(code -> verdicts.put(code, new CodeVerdict.Unavailable("interrupted")));
    }
    return verdicts;
  }

  private CodeVerdict verdict(Future<CodeVerdict> answer) throws InterruptedException {
    if (answer.isCancelled()) {
      return silent("the registration service does not answer within " + timeout);
    }
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private CodeVerdict ask(RegistrationCode code) throws InterruptedException {
    free.acquire();
    try {
      if (clock.instant().isBefore(restsUntil)) {
        return new CodeVerdict.Unavailable("the registration service did not answer lately");
      }
      return read(code);
    } finally {
      free.release();
    }
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
    if (response.statusCode() != OK) {
      return silent("the registration service answers with status " + response.statusCode());
    }
    try {
      return ValidCodeCodec.decodeAnswer(new String(response.body(), StandardCharsets.UTF_8));
    } catch (MalformedJsonException e) {
      return silent("the registration service's answer cannot be read: " + e.getMessage());
    }
  }

  private CodeVerdict silent(String reason) {
    restsUntil = clock.instant().plus(REST);
    LOG.warn("registration code not checked: reason={}", reason);
    return new CodeVerdict.Unavailable(reason);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}

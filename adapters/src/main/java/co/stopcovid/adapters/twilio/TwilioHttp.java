package co.stopcovid.adapters.twilio;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries the SDK's requests to the configured API. Unlike the SDK's own client it tells a request
 * that never left from one whose answer was lost, and never repeats one by itself: a repeated
 * request is a second message.
 */
final class TwilioHttp extends HttpClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int SERVER_ERRORS = 500;

  /** The request certainly did not reach Twilio. */
  static final class NotReachedException extends RuntimeException {
    NotReachedException(IOException cause) {
      super(cause.toString(), cause);
    }
  }

  /** The request may have been carried out. */
  static final class LostAnswerException extends RuntimeException {
    LostAnswerException(String reason, @Nullable Throwable cause) {
      super(reason, cause);
    }
  }

  /** Twilio refused for the moment. */
  static final class BusyException extends RuntimeException {
    private final transient @Nullable Duration retryAfter;

    BusyException(@Nullable Duration retryAfter) {
      super("429: too many requests");
      this.retryAfter = retryAfter;
    }

    @Nullable Duration retryAfter() {
      return retryAfter;
    }
  }

  private final java.net.http.HttpClient client;
  private final URI apiUrl;
  private final Duration timeout;

  TwilioHttp(TwilioSettings settings) {
    this.client =
        java.net.http.HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .build();
    this.apiUrl = settings.apiUrl();
    this.timeout = settings.timeout();
  }

  @Override
  public Response reliableRequest(Request request) {
    return makeRequest(request);
  }

  @Override
  public Response reliableRequest(Request request, int[] codes, int retries, long delayMillis) {
    return makeRequest(request);
  }

  @Override
  public Response makeRequest(Request request) {
    HttpResponse<String> response = exchange(convert(request));
    int status = response.statusCode();
    if (status == TOO_MANY_REQUESTS && !isOfAccount(response.body())) {
      throw new BusyException(retryAfter(response));
    }
    if (status >= SERVER_ERRORS || status == REQUEST_TIMEOUT) {
      throw new LostAnswerException("HTTP status " + status, null);
    }
    return new Response(response.body(), status);
  }

  /** A day's limit is told like too much in a moment. */
  private static boolean isOfAccount(String body) {
    try {
      int code = Json.parse(body).path("code").asInt(0);
      return TwilioErrors.about(TOO_MANY_REQUESTS, code) == TwilioErrors.About.ACCOUNT;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /** The limit is on the whole answer: the client's own ends with the answer's first lines. */
  private HttpResponse<String> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        throw new NotReachedException((IOException) cause);
      }
      throw new LostAnswerException(String.valueOf(cause), cause);
    } catch (TimeoutException e) {
      throw new LostAnswerException("no answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LostAnswerException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest convert(Request request) {
    String user = request.getUsername() + ":" + request.getPassword();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(here(URI.create(request.constructURL().toString())))
            .header("Accept", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    if (request.getMethod() == HttpMethod.GET) {
      return builder.GET().build();
    }
    return builder
        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .method(
            request.getMethod().toString(),
            BodyPublishers.ofString(request.encodeFormBody(), StandardCharsets.UTF_8))
        .build();
  }

  /** The same path and query at the configured API. */
  private URI here(URI uri) {
    String base = apiUrl.toString();
    String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  private static @Nullable Duration retryAfter(HttpResponse<String> response) {
    Optional<String> value = response.headers().firstValue("Retry-After");
    return value
        .filter(seconds -> seconds.matches("[0-9]{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(null);
  }
}

package co.stopcovid.standalone.handset;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.PhoneNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The running service, as one phone sees it. The platform's older HTTP client is used because it
 * notices when a stream falls silent.
 */
final class PhoneService {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** The service says something every few seconds, if only that it is there. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final int LONGEST_ANSWER = 10_000;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final URI service;
  private final URI messages;
  private final String token;

  /**
   * @param service where it is, such as {@code http://127.0.0.1:8080}
   */
  PhoneService(URI service, PhoneNumber phone, String token) {
    this.service = service;
    this.messages =
        URI.create(
            service.toString().replaceAll("/+$", "")
                + "/phone/"
                + URLEncoder.encode(phone.value(), StandardCharsets.UTF_8)
                + "/messages");
    this.token = token;
  }

  /**
   * Follows the conversation.
   *
   * @param lastId of the last event that is known; null for the beginning
   * @throws HandsetException when it is in vain to try again
   * @throws IOException when it may be worth trying again
   */
  InputStream follow(@Nullable String lastId) throws IOException {
    HttpURLConnection request = open();
    request.setRequestProperty("Accept", "text/event-stream");
    if (lastId != null) {
      request.setRequestProperty("Last-Event-ID", lastId);
    }
    check(request);
    return request.getInputStream();
  }

  /**
   * Says something; returns when the service has it for good.
   *
   * @param key the same each time the same message is tried
   * @throws HandsetException when it is in vain to try again
   * @throws IOException when it may be worth trying again
   */
  void say(String key, String text) throws IOException {
    HttpURLConnection request = open();
    request.setRequestMethod("POST");
    request.setDoOutput(true);
    request.setRequestProperty("Content-Type", "application/json");
    request.setRequestProperty("Idempotency-Key", key);
    byte[] body =
        Json.write(
                json -> {
                  json.writeStartObject();
                  json.writeStringProperty("text", text);
                  json.writeEndObject();
                })
            .getBytes(StandardCharsets.UTF_8);
    request.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = request.getOutputStream()) {
      out.write(body);
    }
    check(request);
    try (InputStream answer = request.getInputStream()) {
      answer.readNBytes(LONGEST_ANSWER);
    }
  }

  private HttpURLConnection open() throws IOException {
    if (!(messages.toURL().openConnection() instanceof HttpURLConnection request)) {
      throw new HandsetException("%s is no address of a service".formatted(service));
    }
    request.setConnectTimeout((int) CONNECT.toMillis());
    request.setReadTimeout((int) SILENCE.toMillis());
    request.setInstanceFollowRedirects(false);
    request.setRequestProperty("Authorization", "Bearer " + token);
    return request;
  }

  private void check(HttpURLConnection request) throws IOException {
    int status = request.getResponseCode();
    if (status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_ACCEPTED) {
      return;
    }
    String detail = detail(request).orElse("HTTP status " + status);
    if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS) {
      throw new IOException(detail);
    }
    throw new HandsetException(
        switch (status) {
          case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
              ("the service at %s does not know this token: give the right one with --token or"
                      + " DIALOG_API_TOKEN")
                  .formatted(service);
          case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT ->
              ("there are no simulated phones at %s: either the service sends through a provider"
                      + " (the TWILIO_ settings), or another program listens there")
                  .formatted(service);
          default -> "the service at %s refuses: %s".formatted(service, detail);
        });
  }

  /** What the service says about an error. */
  private static Optional<String> detail(HttpURLConnection request) throws IOException {
    try (InputStream error = request.getErrorStream()) {
      if (error == null) {
        return Optional.empty();
      }
      var detail = Json.parse(error.readNBytes(LONGEST_ANSWER)).path("detail");
      return detail.isString() ? Optional.of(detail.stringValue()) : Optional.empty();
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}

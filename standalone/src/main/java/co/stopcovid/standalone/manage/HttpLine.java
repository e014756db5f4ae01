package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.standalone.http.ApiRoutes;
import co.stopcovid.standalone.http.Problem;
import co.stopcovid.standalone.http.api.Api;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The API of a running service. */
final class HttpLine implements ApiLine {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A rebuild takes minutes. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI service;
  private final String token;
  private final String person;

  /**
   * @param service where it is, such as {@code http://127.0.0.1:8080}
   * @param person for whom it is asked
   */
  HttpLine(URI service, String token, String person) {
    this.service = service;
    this.token = token;
    this.person = person;
  }

  @Override
  public Said ask(HandlerType method, String path, String body) {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(root() + Api.BASE + path))
              .timeout(LONGEST)
              .header("Authorization", "Bearer " + token)
              .header(ApiRoutes.PERSON_HEADER, person)
              .header("Content-Type", "application/json")
              .method(
                  method.name(),
                  body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build();
    } catch (IllegalArgumentException e) {
      throw new LineTroubleException(
          "the token or the address %s cannot be sent: give them as the service printed them"
              .formatted(service),
          e);
    }
    return checked(method, path, send(request));
  }

  private String root() {
    return service.toString().replaceAll("/+$", "");
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LineTroubleException(
          "no service answers at %s: start it, or say with --url where it is".formatted(service),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LineTroubleException("interrupted while %s was asked".formatted(service), e);
    }
  }

  private Said checked(HandlerType method, String path, HttpResponse<String> answer) {
    HttpStatus status = HttpStatus.forStatus(answer.statusCode());
    if (status == HttpStatus.UNAUTHORIZED) {
      throw new LineTroubleException(
          "the service at %s does not know this token: give the right one with --token or DIALOG_API_TOKEN"
              .formatted(service));
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    boolean problem = type.startsWith(Problem.CONTENT_TYPE);
    boolean good = status.isSuccess() && (answer.body().isEmpty() || type.contains("json"));
    if (!problem && !good) {
      throw new LineTroubleException(
          "what answers at %s is no Dialog Engine (HTTP status %d): say with --url where it is"
              .formatted(service, answer.statusCode()));
    }
    if (isUnknownAddress(status, answer.body())) {
      throw new LineTroubleException(
          "the service at %s is older than this program: it does not know %s %s"
              .formatted(service, method.name(), path.replaceFirst("\\?.*", "")));
    }
    return new Said(answer.statusCode(), answer.body());
  }

  private static boolean isUnknownAddress(HttpStatus status, String body) {
    if (status == HttpStatus.METHOD_NOT_ALLOWED) {
      return true;
    }
    try {
      return status == HttpStatus.NOT_FOUND
          && Json.parse(body).path("detail").asString().startsWith(Api.NOTHING_HERE);
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

package co.stopcovid.standalone.http;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.desk.Refusal;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;

/**
 * An answer that says what is wrong with a request, as {@code application/problem+json} (RFC 9457).
 * The detail is for the one who asked: it may repeat a part of the request, never stored data.
 */
public final class Problem extends RuntimeException {
  public static final String CONTENT_TYPE = "application/problem+json";
  private static final long serialVersionUID = 1L;
  private static final String RETRY_SECONDS = "1";

  private final transient HttpStatus status;
  private final transient Map<String, String> headers;

  private Problem(HttpStatus status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /** What the desk refused. */
  public static Problem of(Refusal refusal) {
    HttpStatus status =
        switch (refusal.kind()) {
          case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
          case INVALID -> HttpStatus.BAD_REQUEST;
          case UNKNOWN -> HttpStatus.NOT_FOUND;
          case CONFLICT -> HttpStatus.CONFLICT;
          case IMPOSSIBLE -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    return of(status, refusal.sentence());
  }

  public static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail, Map.of());
  }

  public static Problem badRequest(String detail) {
    return of(HttpStatus.BAD_REQUEST, detail);
  }

  public static Problem notFound(String detail) {
    return of(HttpStatus.NOT_FOUND, detail);
  }

  public static Problem conflict(String detail) {
    return of(HttpStatus.CONFLICT, detail);
  }

  public static Problem unauthorized() {
    return new Problem(
        HttpStatus.UNAUTHORIZED,
        "send the API token as: Authorization: Bearer <token>",
        Map.of("WWW-Authenticate", "Bearer realm=\"dialog-engine\""));
  }

  /**
   * @param allow the methods that there are, separated by commas
   */
  public static Problem methodNotAllowed(String allow) {
    return new Problem(
        HttpStatus.METHOD_NOT_ALLOWED, "this address knows " + allow, Map.of("Allow", allow));
  }

  /** Nothing was done, and the same request may succeed soon. */
  public static Problem tryAgain(String detail) {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE, detail, Map.of("Retry-After", RETRY_SECONDS));
  }

  /** The body is left unread. */
  public static Problem closing(HttpStatus status, String detail) {
    return new Problem(status, detail, Map.of("Connection", "close"));
  }

  public HttpStatus status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public void answer(Context context) {
    headers.forEach(context::header);
    context.status(status).contentType(CONTENT_TYPE).result(json());
  }

  public String json() {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "about:blank");
          json.writeStringProperty("title", status.getMessage());
          json.writeNumberProperty("status", status.getCode());
          json.writeStringProperty("detail", String.valueOf(getMessage()));
          json.writeEndObject();
        });
  }
}

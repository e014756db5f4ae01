package co.stopcovid.aws.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP API of API Gateway: gives requests to a function in payload format 2.0. */
public final class LocalApi {
  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function;

  public LocalApi(RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function) {
    this.function = function;
  }

  public void register(JavalinConfig config, String path) {
    config.routes.post(path, this::answer);
  }

  private void answer(Context context) {
    Map<String, String> headers = new HashMap<>();
    context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    APIGatewayV2HTTPResponse answer =
        call(context.path(), context.queryString(), headers, context.bodyAsBytes());
    context.status(answer.getStatusCode());
    if (answer.getHeaders() != null) {
      answer.getHeaders().forEach(context::header);
    }
    context.result(answer.getBody() == null ? "" : answer.getBody());
  }

  /**
   * Calls the function.
   *
   * @param headers their names written small
   */
  public APIGatewayV2HTTPResponse call(
      String path, @Nullable String query, Map<String, String> headers, byte[] body) {
    var event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRouteKey("POST " + path)
            .withRawPath(path)
            .withRawQueryString(query == null ? "" : query)
            .withHeaders(headers)
            .withBody(Base64.getEncoder().encodeToString(body))
            .withIsBase64Encoded(true)
            .build();
    return function.handleRequest(event, new LocalContext("webhook", LocalContext.TIMEOUT));
  }
}

package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.aws.handling.WebhookHandling;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes in what Twilio posts, behind an HTTP API of API Gateway with payload format 2.0. */
public final class WebhookFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final String SIGNATURE = TwilioSignature.HEADER.toLowerCase(Locale.ROOT);
  private static final int BAD_REQUEST = 400;

  private final WebhookHandling handling;

  /** As Lambda starts it. */
  public WebhookFunction() {
    this(Composition.ofEnvironment().webhook());
  }

  public WebhookFunction(WebhookHandling handling) {
    this.handling = handling;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    String query = event.getRawQueryString();
    byte[] body;
    try {
      body = body(event);
    } catch (IllegalArgumentException e) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(BAD_REQUEST).build();
    }
    WebhookHandling.Answer answer =
        handling.handle(query == null || query.isEmpty() ? null : query, body, signature(event));
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(answer.status())
        .withHeaders(Map.of("Content-Type", "text/xml; charset=utf-8"))
        .withBody(answer.body())
        .build();
  }

  private static byte[] body(APIGatewayV2HTTPEvent event) {
    String body = event.getBody() == null ? "" : event.getBody();
    return event.getIsBase64Encoded()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  /** API Gateway writes the names of headers small. */
  private static @Nullable String signature(APIGatewayV2HTTPEvent event) {
    return event.getHeaders() == null ? null : event.getHeaders().get(SIGNATURE);
  }
}

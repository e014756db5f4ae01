package co.stopcovid.infra;

import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The one address that the world can call: POST /webhooks/twilio. */
final class WebhookApi {
  static final String PATH = "/webhooks/twilio";

  /** Says that a request came and what became of it: no body, no number, no signature. */
  private static final String LOG_LINE =
      "{\"time\":\"$context.requestTime\",\"request\":\"$context.requestId\","
          + "\"route\":\"$context.routeKey\",\"status\":\"$context.status\","
          + "\"milliseconds\":\"$context.responseLatency\","
          + "\"error\":\"$context.integrationErrorMessage\"}";

  private final HttpApi api;

  WebhookApi(Construct scope, StageSettings settings) {
    api =
        HttpApi.Builder.create(scope, "api")
            .apiName(settings.names().stack("webhooks"))
            .createDefaultStage(false)
            .build();
    LogGroup log =
        LogGroup.Builder.create(scope, "api-log")
            .logGroupName("/aws/apigateway/" + settings.names().stack("webhooks"))
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    HttpStage stage =
        HttpStage.Builder.create(scope, "api-stage")
            .httpApi(api)
            .stageName("$default")
            .autoDeploy(true)
            .throttle(
                ThrottleSettings.builder()
                    .rateLimit(settings.webhookRate())
                    .burstLimit(settings.webhookRate() * 2)
                    .build())
            .build();
    if (stage.getNode().getDefaultChild() instanceof CfnStage plain) {
      plain.setAccessLogSettings(
          CfnStage.AccessLogSettingsProperty.builder()
              .destinationArn(log.getLogGroupArn())
              .format(LOG_LINE)
              .build());
    }
  }

  String id() {
    return api.getApiId();
  }

  String endpoint() {
    return api.getApiEndpoint();
  }

  void route(IFunction function) {
    api.addRoutes(
        AddRoutesOptions.builder()
            .path(PATH)
            .methods(List.of(HttpMethod.POST))
            .integration(new HttpLambdaIntegration("webhook-integration", function))
            .build());
  }
}

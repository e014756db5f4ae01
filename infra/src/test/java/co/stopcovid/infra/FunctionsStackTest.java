package co.stopcovid.infra;

import static co.stopcovid.infra.Resources.at;
import static co.stopcovid.infra.Resources.text;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.infra.Resources.Resource;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awscdk.assertions.Match;

class FunctionsStackTest {
  static final List<String> NAMES = FunctionList.NAMES;

  private final Resources functions = Synthesis.usual().stack("functions");

  @Test
  void theListOfNamesIsComplete() {
    assertThat(functions.by("FunctionName", "AWS::Lambda::Function").keySet())
        .containsExactlyInAnyOrderElementsOf(
            NAMES.stream().map(name -> "dialog-" + name + "-test").toList());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void itsHandlerIsAClassThatLambdaCanMake(String name) throws ReflectiveOperationException {
    String[] handler = function(name).textAt("Handler").split("::", 2);

    Class<?> type = Class.forName(handler[0]);
    assertThat(RequestHandler.class).isAssignableFrom(type);
    assertThat(type.getConstructor()).isNotNull();
    assertThat(handler[1]).isEqualTo("handleRequest");
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void itStartsFromASnapshotOnJava25(String name) {
    Resource function = function(name);
    assertThat(function.at("Runtime")).isEqualTo("java25");
    assertThat(function.at("Architectures")).isEqualTo(List.of("arm64"));
    assertThat(function.at("SnapStart", "ApplyOn")).isEqualTo("PublishedVersions");
    assertThat(function.at("TracingConfig", "Mode")).isEqualTo("Active");
    assertThat(function.textAt("Role")).isEqualTo("{%s.Arn}".formatted(role(name).id()));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void itsAliasIsAPublishedVersion(String name) {
    Resource function = function(name);
    Resource alias =
        functions.one("AWS::Lambda::Alias", "FunctionName", "{%s}".formatted(function.id()));
    assertThat(alias.at("Name")).isEqualTo("live");
    String version = alias.textAt("FunctionVersion").replaceAll("[{}]|\\.Version", "");
    assertThat(functions.byId(version).textAt("FunctionName"))
        .isEqualTo("{%s}".formatted(function.id()));
    // What was live before stays, to go back to.
    assertThat(functions.byId(version).whole().get("DeletionPolicy")).isEqualTo("Retain");
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void itsLogIsKeptForAMonth(String name) {
    Resource log =
        functions.one(
            "AWS::Logs::LogGroup", "LogGroupName", "/aws/lambda/dialog-" + name + "-test");
    assertThat(log.at("RetentionInDays")).isEqualTo(30);
    assertThat(function(name).textAt("LoggingConfig", "LogGroup"))
        .isEqualTo("{%s}".formatted(log.id()));
  }

  @Test
  void onlyWhatUsesTheDatabaseIsInTheNetwork() {
    for (Resource function : functions.ofType("AWS::Lambda::Function")) {
      Map<?, ?> environment = (Map<?, ?>) function.at("Environment", "Variables");
      assertThat(function.at("VpcConfig") instanceof Map)
          .as(function.textAt("FunctionName"))
          .isEqualTo(environment.containsKey("DATABASE_HOST"));
    }
  }

  @Test
  void newCodeOfWhatUsesTheDatabaseWaitsForTheMigration() {
    Resource migration = functions.ofType("Custom::DatabaseMigration").getFirst();
    Resource migrate = function("migrate");
    assertThat(functions.byId(bare(migration.textAt("ServiceToken"))).textAt("FunctionName"))
        .isEqualTo("{%s}".formatted(migrate.id()));
    assertThat(migration.textAt("Version")).endsWith(".Version}");
    for (Resource alias : functions.ofType("AWS::Lambda::Alias")) {
      Resource function = functions.byId(bare(alias.textAt("FunctionName")));
      boolean waits =
          at(alias.whole(), "DependsOn") instanceof List<?> on && on.contains(migration.id());
      assertThat(waits)
          .as(function.textAt("FunctionName"))
          .isEqualTo(function.at("VpcConfig") instanceof Map && !function.equals(migrate));
    }
  }

  @Test
  void streamsAreReadFromTheBeginningInOrderUntilItSucceeds() {
    Map<String, Integer> ages =
        Map.of("commands", 6 * 86_400, "message-distributor", 82_800, "progress", 82_800);
    ages.forEach(
        (name, age) -> {
          Resource mapping = mapping(name);
          assertThat(mapping.at("StartingPosition")).isEqualTo("TRIM_HORIZON");
          assertThat(mapping.at("ParallelizationFactor")).isEqualTo(1);
          assertThat(mapping.at("BisectBatchOnFunctionError")).isEqualTo(true);
          assertThat(mapping.at("MaximumRetryAttempts")).isEqualTo(-1);
          assertThat(mapping.at("MaximumRecordAgeInSeconds")).isEqualTo(age);
          assertThat(mapping.textAt("DestinationConfig", "OnFailure", "Destination"))
              .isEqualTo("arn:aws:s3:::dialog-failures-test-account-region");
          assertThat(mapping.at("MetricsConfig", "Metrics")).isEqualTo(List.of("EventCount"));
        });
    assertThat(mapping("commands").textAt("EventSourceArn"))
        .isEqualTo("arn:aws:kinesis:region:account:stream/command-stream-test");
    assertThat(mapping("progress").textAt("EventSourceArn")).contains("StreamArn");
  }

  @Test
  void queuesAreReadByABoundedNumberOfEnvironments() {
    Map<String, List<Object>> expected =
        Map.of(
            "sender", List.of("outbound-sms-test.fifo", 10, 8),
            "send-due", List.of("sms-wake-test", 10, 2),
            "registration", List.of("codes-to-check-test", 10, 10),
            "delivery-reports", List.of("delivery-reports-test", 100, 4),
            "message-log", List.of("message-log-test", 100, 4));
    expected.forEach(
        (name, rules) -> {
          Resource mapping = mapping(name);
          assertThat(mapping.textAt("EventSourceArn"))
              .isEqualTo("arn:aws:sqs:region:account:" + rules.get(0));
          assertThat(mapping.at("BatchSize")).isEqualTo(rules.get(1));
          assertThat(mapping.at("ScalingConfig", "MaximumConcurrency")).isEqualTo(rules.get(2));
        });
    assertThat(functions.ofType("AWS::Lambda::EventSourceMapping")).hasSize(8);
  }

  @Test
  void everyMappingTakesPartialAnswersAndCallsTheAlias() {
    assertThat(functions.ofType("AWS::Lambda::EventSourceMapping"))
        .allSatisfy(
            mapping -> {
              assertThat(mapping.at("FunctionResponseTypes"))
                  .isEqualTo(List.of("ReportBatchItemFailures"));
              assertThat(functions.byId(bare(mapping.textAt("FunctionName"))).type())
                  .isEqualTo("AWS::Lambda::Alias");
            });
  }

  @Test
  void aMessageStaysHiddenLongerThanItsReaderMayTake() {
    Resources data = Synthesis.usual().stack("data");
    Set<String> readers =
        Set.of("sender", "send-due", "registration", "delivery-reports", "message-log");
    for (String reader : readers) {
      String[] arn = mapping(reader).textAt("EventSourceArn").split(":", -1);
      Resource queue = data.one("AWS::SQS::Queue", "QueueName", arn[arn.length - 1]);
      int most = ((Number) function(reader).at("Timeout")).intValue();
      assertThat(((Number) queue.at("VisibilityTimeout")).intValue())
          .as(reader)
          .isGreaterThanOrEqualTo(6 * most);
    }
  }

  @Test
  void theWorldCanCallOneRouteAtABoundedRate() {
    functions.template().resourceCountIs("AWS::ApiGatewayV2::Route", 1);
    functions
        .template()
        .hasResourceProperties(
            "AWS::ApiGatewayV2::Route",
            Match.objectLike(Map.of("RouteKey", "POST /webhooks/twilio")));
    Resource stage = functions.ofType("AWS::ApiGatewayV2::Stage").getFirst();
    assertThat(stage.at("DefaultRouteSettings", "ThrottlingRateLimit")).isEqualTo(500);
    assertThat(stage.at("DefaultRouteSettings", "ThrottlingBurstLimit")).isEqualTo(1000);
    Resource integration = functions.ofType("AWS::ApiGatewayV2::Integration").getFirst();
    Resource alias = functions.byId(bare(integration.textAt("IntegrationUri")));
    assertThat(alias.textAt("FunctionName")).isEqualTo("{%s}".formatted(function("webhook").id()));
  }

  @Test
  void accessLogHoldsNothingThatWasSaid() {
    Resource stage = functions.ofType("AWS::ApiGatewayV2::Stage").getFirst();
    assertThat(stage.textAt("AccessLogSettings", "Format"))
        .contains("$context.status")
        .doesNotContain("authorizer", "identity", "path", "integration.response");
    assertThat(stage.textAt("AccessLogSettings", "DestinationArn")).contains("apilog");
  }

  @Test
  void schedulesAreThoseOfTheDesign() {
    var actual = new TreeMap<String, String>();
    for (Resource schedule : functions.ofType("AWS::Scheduler::Schedule")) {
      assertThat(schedule.at("ScheduleExpressionTimezone")).isEqualTo("UTC");
      actual.put(schedule.textAt("Name"), schedule.textAt("ScheduleExpression"));
    }
    assertThat(actual)
        .isEqualTo(
            Map.of(
                "dialog-next-drill-test", "cron(5 17,18,19 * * ? *)",
                "dialog-chosen-sessions-test", "rate(5 minutes)",
                "dialog-initiator-test", "rate(1 minute)",
                "dialog-waiting-commands-test", "rate(1 minute)",
                "dialog-reminder-test", "rate(5 minutes)",
                "dialog-enrol-test", "rate(1 minute)",
                "dialog-wake-test", "rate(1 minute)"));
  }

  @Test
  void everyFunctionIsToldWhatItReadsAndThoseThatSendShareTheRate() {
    Resources many =
        Synthesis.with(
                Map.of(
                    "senders", "48",
                    "sms_rate", "100",
                    "aurora_standby", "true",
                    "registration", "service",
                    "alarm_email", "operator@example.org",
                    "public_url", "https://dialog.example.org",
                    "rules", Map.of("DIALOG_SMS_GAP", "2s", "DIALOG_REMIND_AFTER", "5h")))
            .stack("functions");
    Map<?, ?> sender = environment(many, "sender");
    assertThat(environment(many, "send-due").get("DIALOG_SMS_RATE")).isEqualTo("50.0");
    for (String writer : List.of("sender", "send-due", "delivery-reports", "redrive")) {
      assertThat(environment(many, writer).get("DIALOG_SMS_GAP")).as(writer).isEqualTo("2s");
    }
    assertThat(sender.containsKey("DIALOG_REMIND_AFTER")).isFalse();
    assertThat(environment(many, "reminder").get("DIALOG_REMIND_AFTER")).isEqualTo("5h");
    assertThat(environment(many, "webhook").get("DIALOG_PUBLIC_URL"))
        .isEqualTo("https://dialog.example.org");
    assertThat(environment(many, "commands").containsKey("REGISTRATION_SECRET_ARN")).isTrue();
  }

  @Test
  void onlyTheFunctionThatSendsKnowsTheProvider() {
    for (String name : NAMES) {
      Map<?, ?> environment = environment(functions, name);
      assertThat(environment.containsKey("DIALOG_SMS_RATE"))
          .as(name)
          .isEqualTo(name.equals("send-due"));
      assertThat(environment.containsKey("TWILIO_SECRET_ARN"))
          .as(name)
          .isEqualTo(name.equals("send-due") || name.equals("webhook"));
    }
    assertThat(environment(functions, "sender").containsKey("COMMAND_STREAM")).isFalse();
  }

  private Map<?, ?> environment(Resources stack, String name) {
    return (Map<?, ?>)
        stack
            .one("AWS::Lambda::Function", "FunctionName", "dialog-" + name + "-test")
            .at("Environment", "Variables");
  }

  private Resource function(String name) {
    return functions.one("AWS::Lambda::Function", "FunctionName", "dialog-" + name + "-test");
  }

  private Resource role(String name) {
    return functions.one("AWS::IAM::Role", "RoleName", "dialog-" + name + "-test-region");
  }

  /** The mapping whose alias is that of the function. */
  private Resource mapping(String name) {
    String function = "{%s}".formatted(function(name).id());
    return functions.ofType("AWS::Lambda::EventSourceMapping").stream()
        .filter(
            mapping ->
                text(functions.byId(bare(mapping.textAt("FunctionName"))).at("FunctionName"))
                    .equals(function))
        .findFirst()
        .orElseThrow();
  }

  private static String bare(String reference) {
    return reference.replaceAll("[{}]|\\.Arn", "");
  }
}

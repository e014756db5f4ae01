package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.DatabaseRole;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.aws.local.ElasticMq;
import co.stopcovid.aws.local.KinesisLocal;
import co.stopcovid.aws.local.TinyS3;
import co.stopcovid.testkit.PostgresServer;
import co.stopcovid.testkit.scenario.Scenarios;
import co.stopcovid.testkit.twilio.FakeTwilio;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each function in a process of its own, started by Lambda's runtime from its class name and its
 * environment, with one event over the runtime API.
 */
class StartedFunctionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String STAGE = "started";
  private static final Map<String, String> ENVIRONMENT = new HashMap<>();

  private static DynamoServer dynamo;
  private static ElasticMq sqs;
  private static KinesisLocal kinesis;
  private static TinyS3 s3;
  private static FakeTwilio twilio;
  private static HttpServer secrets;
  @TempDir private Path work;

  /** The shortest event of each kind. */
  private static final Map<String, String> EVENTS =
      Map.of(
          "registration",
          """
          {"Records":[{"messageId":"1","eventSource":"aws:sqs",
           "body":"{\\"phone_number\\":\\"+12025550123\\"}"}]}""",
          "http",
          """
          {"version":"2.0","rawPath":"/webhooks/twilio","rawQueryString":"",
           "headers":{"x-twilio-signature":"forged"},"body":"RnJvbT0x","isBase64Encoded":true}""",
          "kinesis",
          """
          {"Records":[{"eventID":"shard:1","eventSource":"aws:kinesis","kinesis":{
           "partitionKey":"+12025550123","sequenceNumber":"49590338271490256608559692538361571095921575989136588898",
           "approximateArrivalTimestamp":1545084650.987,"data":"eyJ0eXBlIjoiSU5CT1VORF9TTVMiLCJwYXlsb2FkIjp7IkZyb20iOiIrMTIwMjU1NTAxMjMiLCJCb2R5IjoiaGVsbG8ifX0="}}]}""",
          "dynamo",
          """
          {"Records":[{"eventID":"1","eventName":"INSERT","eventSource":"aws:dynamodb","dynamodb":{
           "SequenceNumber":"111","NewImage":{"phone_number":{"S":"+12025550123"},"version":{"N":"1"},
           "batch":{"S":"{malformed"}}}}]}""",
          "sqs",
          """
          {"Records":[{"messageId":"m-1","receiptHandle":"r","body":"{malformed","eventSource":"aws:sqs"}]}""",
          "schedule",
          "{}",
          "redrive",
          """
          {"queue":"commands","limit":5}""");

  @BeforeAll
  static void start() throws Exception {
    dynamo = new DynamoServer();
    dynamo.create(STAGE);
    sqs = ElasticMq.start();
    kinesis = KinesisLocal.start();
    kinesis.createStream("command-stream", 1);
    s3 = TinyS3.start("content");
    s3.putFolder(Scenarios.content(), "");
    twilio = new FakeTwilio(InstantSource.system());
    secrets = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secrets.createContext(
        "/",
        exchange -> {
          String request =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String secret =
              request.contains("twilio")
                  ? Stage.twilioSecret()
                  : """
                  {"username":"postgres","password":"postgres"}""";
          byte[] answer =
              "{\"SecretString\":\"%s\"}"
                  .formatted(secret.strip().replace("\"", "\\\""))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    secrets.start();
    describe();
  }

  private static void describe() {
    String jdbc =
        PostgresServer.newDatabase(
            "dialog-on-aws", url -> Migrations.migrate(DatabaseUrl.parse(url)));
    URI database = URI.create(jdbc.substring("jdbc:".length()));
    ENVIRONMENT.put("STAGE", STAGE);
    ENVIRONMENT.put("COMMAND_STREAM", "command-stream");
    queue("OUTBOUND_QUEUE_URL", "outbound.fifo");
    for (String name :
        List.of(
            "WAKE",
            "DELIVERY_REPORTS",
            "MESSAGE_LOG",
            "CODES",
            "FAILED_COMMANDS",
            "FAILED_EVENTS")) {
      queue(name + "_QUEUE_URL", name);
    }
    ENVIRONMENT.put("CONTENT_BUCKET", s3.bucket());
    ENVIRONMENT.put("DATABASE_HOST", database.getHost() + ":" + database.getPort());
    ENVIRONMENT.put("DATABASE_NAME", database.getPath().substring(1));
    ENVIRONMENT.put("DATABASE_SECRET_ARN", "database");
    for (DatabaseRole role : DatabaseRole.all()) {
      ENVIRONMENT.put(role + "_DATABASE_SECRET_ARN", "database");
    }
    ENVIRONMENT.put("TWILIO_SECRET_ARN", "twilio");
    ENVIRONMENT.put("TWILIO_API_URL", twilio.url().toString());
    ENVIRONMENT.put("DIALOG_PUBLIC_URL", "https://dialog.example.org");
    ENVIRONMENT.put("AWS_REGION", "us-east-1");
    ENVIRONMENT.put("AWS_ACCESS_KEY_ID", "local");
    ENVIRONMENT.put("AWS_SECRET_ACCESS_KEY", "local");
    ENVIRONMENT.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString());
    ENVIRONMENT.put("AWS_ENDPOINT_URL_KINESIS", kinesis.endpoint().toString());
    ENVIRONMENT.put("AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString());
    ENVIRONMENT.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    ENVIRONMENT.put(
        "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:" + secrets.getAddress().getPort());
    ENVIRONMENT.put("AWS_LAMBDA_FUNCTION_NAME", "function");
    ENVIRONMENT.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    ENVIRONMENT.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    ENVIRONMENT.put("AWS_LAMBDA_LOG_GROUP_NAME", "group");
    ENVIRONMENT.put("AWS_LAMBDA_LOG_STREAM_NAME", "stream");
  }

  private static void queue(String variable, String name) {
    ENVIRONMENT.put(variable, sqs.createQueue(name, Duration.ofSeconds(1)));
  }

  @AfterAll
  static void stop() throws Exception {
    secrets.stop(0);
    twilio.close();
    s3.close();
    kinesis.close();
    sqs.close();
    dynamo.close();
  }

  @ParameterizedTest
  @CsvSource({
    "WebhookFunction, http, 403",
    "CommandFunction, kinesis, {\"batchItemFailures\":[]}",
    "WaitingCommandsFunction, schedule, 0",
    "RegistrationFunction, registration, {\"batchItemFailures\":[]}",
    "MessageDistributorFunction, dynamo, {\"batchItemFailures\":[]}",
    "SenderFunction, sqs, {\"batchItemFailures\":[]}",
    "SendDueFunction, sqs, {\"batchItemFailures\":[]}",
    "DeliveryReportFunction, sqs, {\"batchItemFailures\":[]}",
    "ProgressFunction, dynamo, {\"batchItemFailures\":[]}",
    "MessageLogFunction, sqs, {\"batchItemFailures\":[]}",
    "NextDrillFunction, schedule, 0",
    "InitiatorFunction, schedule, 0",
    "ReminderFunction, schedule, 0",
    "EnrolFunction, schedule, 0",
    // The PostgreSQL of tests could lose what it was told, and so is refused.
    "MigrateFunction, schedule, fsync=off",
    "RedriveFunction, redrive, redriven"
  })
  void lambdaStartsItAndItAnswers(String function, String event, String expected) throws Exception {
    File log = work.resolve("log").toFile();
    try (var api = new RuntimeApi(String.valueOf(EVENTS.get(event)))) {
      Instant begin = Instant.now();
      Process process = start(function, api.address(), log);
      try {
        Instant ready = api.awaitReady(PATIENCE);
        String answer = api.awaitAnswer(PATIENCE);
        Instant answered = Instant.now();
        System.out.printf(
            "%s: class loading and initialisation %d ms (with the JVM's start), first event %d ms%n",
            function,
            Duration.between(begin, ready).toMillis(),
            Duration.between(ready, answered).toMillis());
        assertThat(answer).contains(expected);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(Files.readString(log.toPath()), e);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static Process start(String function, String runtimeApi, File log) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "co.stopcovid.aws.lambda." + function + "::handleRequest");
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    builder
        .environment()
        .put("_HANDLER", "co.stopcovid.aws.lambda." + function + "::handleRequest");
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }
}

package co.stopcovid.aws.local;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseRole;
import co.stopcovid.adapters.postgres.DatabaseRoles;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.aws.dynamo.Tables;
import co.stopcovid.aws.lambda.AwsConfig;
import co.stopcovid.aws.lambda.Clients;
import co.stopcovid.testkit.PostgresServer;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stage in the local cloud: its stream, tables, queues, bucket, secrets and database, what its
 * functions find in their environment, and the sources of their events.
 */
public final class LocalStage implements AutoCloseable {
  /** The queues by their names without the stage. */
  public static final String OUTBOUND = "outbound-sms";

  public static final String WAKE = "sms-wake";
  public static final String DELIVERY_REPORTS = "delivery-reports";
  public static final String MESSAGE_LOG = "message-log";
  public static final String CODES = "codes-to-check";
  public static final String FAILED_COMMANDS = "failed-commands";
  public static final String FAILED_EVENTS = "failed-events";

  /** A made-up account: the token signs what plays the provider. */
  public static final String ACCOUNT_SID = "ACcafe";

  public static final String AUTH_TOKEN = "local-token";
  public static final String MESSAGING_SERVICE_SID = "MGcafe";
  public static final String PUBLIC_URL = "http://127.0.0.1:8080";

  private static final Duration VISIBILITY = Duration.ofMinutes(6);
  private static final int MOST_RECEIVES = 250;
  private static final int MOST_RECEIVES_OF_WAKE_UPS = 3;
  private static final int BATCH_OF_A_QUEUE = 10;

  private final LocalCloud cloud;
  private final String name;
  private final Tables tables;
  private final TinyS3 s3;
  private static final String PASSWORD = "password-for-tests";

  private final String database;
  private final LocalSecrets secrets = new LocalSecrets();
  private final Map<String, String> queues = new HashMap<>();
  private final List<GivenUpBatch> givenUp = new CopyOnWriteArrayList<>();

  private LocalStage(LocalCloud cloud, String name, TinyS3 s3, String database) {
    this.cloud = cloud;
    this.name = name;
    this.s3 = s3;
    this.database = database;
    tables = cloud.dynamo().create(name);
  }

  static LocalStage create(LocalCloud cloud, String name, Path content, int shards) {
    String database =
        PostgresServer.newDatabase("dialog", url -> Migrations.migrate(DatabaseUrl.parse(url)));
    TinyS3 s3 = TinyS3.start("dialog-content-" + name);
    s3.putFolder(content, "");
    var stage = new LocalStage(cloud, name, s3, database);
    cloud.kinesis().createStream(stage.commandStream(), shards);
    stage.createQueues();
    stage.createUser();
    stage.createSecrets();
    return stage;
  }

  private void createQueues() {
    for (String queue : List.of(OUTBOUND, WAKE, DELIVERY_REPORTS, MESSAGE_LOG, CODES)) {
      String end = queue.equals(OUTBOUND) ? ".fifo" : "";
      String dead = cloud.sqs().createQueue(queue + "-dead-" + name + end, VISIBILITY);
      queues.put(queue + "-dead", dead);
      queues.put(
          queue,
          cloud
              .sqs()
              .createQueue(
                  queue + "-" + name + end,
                  VISIBILITY,
                  dead,
                  queue.equals(WAKE) ? MOST_RECEIVES_OF_WAKE_UPS : MOST_RECEIVES));
    }
    for (String queue : List.of(FAILED_COMMANDS, FAILED_EVENTS)) {
      queues.put(queue, cloud.sqs().createQueue(queue + "-" + name, VISIBILITY));
    }
  }

  private void createSecrets() {
    secrets.put(
        secretArn("twilio"),
        object(
            Map.of(
                "account_sid", ACCOUNT_SID,
                "auth_token", AUTH_TOKEN,
                "messaging_service_sid", MESSAGING_SERVICE_SID)));
    secrets.put(secretArn("database"), object(Map.of("username", user(), "password", PASSWORD)));
  }

  /**
   * Who may do what all functions do together: this is one process, and what each may not is tested
   * where the rights are given. Roles are the server's, which other stages are on, too.
   */
  private String user() {
    return "functions of " + URI.create(database.substring("jdbc:".length())).getPath();
  }

  private void createUser() {
    try (var connections = Connections.open(DatabaseUrl.parse(database), 1)) {
      new DatabaseRoles(new Database(connections))
          .grant(Map.of(DatabaseRole.REDRIVE, new DatabaseRoles.Login(user(), PASSWORD)));
    }
  }

  private static String object(Map<String, String> fields) {
    return Json.write(
        json -> {
          json.writeStartObject();
          fields.forEach(json::writeStringProperty);
          json.writeEndObject();
        });
  }

  private String secretArn(String secret) {
    return "arn:aws:secretsmanager:%s:%s:secret:dialog-%s-%s"
        .formatted(LocalAws.REGION.id(), LocalAws.ACCOUNT, secret, name);
  }

  public LocalCloud cloud() {
    return cloud;
  }

  public Tables tables() {
    return tables;
  }

  public TinyS3 s3() {
    return s3;
  }

  public LocalSecrets secrets() {
    return secrets;
  }

  /** The JDBC URL of the stage's PostgreSQL, with the login in it. */
  public String database() {
    return database;
  }

  public String commandStream() {
    return "command-stream-" + name;
  }

  /**
   * The URL of a queue.
   *
   * @param queue one of the names above, or with {@code -dead} the dead letters of a consumed one
   */
  public String queue(String queue) {
    String url = queues.get(queue);
    if (url == null) {
      throw new IllegalArgumentException("there is no queue " + queue);
    }
    return url;
  }

  /** What the streams' sources gave up. */
  public List<GivenUpBatch> givenUp() {
    return List.copyOf(givenUp);
  }

  /** Clients of the stand-ins, as functions use them. */
  public Clients clients() {
    return new Clients(
        () -> cloud.dynamo().client(),
        () -> cloud.kinesis().client(),
        () -> cloud.sqs().client(),
        s3::client,
        () -> secrets);
  }

  /** What all of the stage's functions find in their environment together. */
  public Map<String, String> environment() {
    URI postgres = URI.create(database.substring("jdbc:".length()));
    Map<String, String> environment = new HashMap<>();
    environment.put("STAGE", name);
    environment.put("COMMAND_STREAM", commandStream());
    environment.put("OUTBOUND_QUEUE_URL", queue(OUTBOUND));
    environment.put("WAKE_QUEUE_URL", queue(WAKE));
    environment.put("DELIVERY_REPORTS_QUEUE_URL", queue(DELIVERY_REPORTS));
    environment.put("MESSAGE_LOG_QUEUE_URL", queue(MESSAGE_LOG));
    environment.put("CODES_QUEUE_URL", queue(CODES));
    environment.put("FAILED_COMMANDS_QUEUE_URL", queue(FAILED_COMMANDS));
    environment.put("FAILED_EVENTS_QUEUE_URL", queue(FAILED_EVENTS));
    environment.put("CONTENT_BUCKET", s3.bucket());
    environment.put("DATABASE_HOST", postgres.getHost() + ":" + postgres.getPort());
    environment.put("DATABASE_NAME", postgres.getPath().substring(1));
    environment.put("DATABASE_SECRET_ARN", secretArn("database"));
    environment.put("TWILIO_SECRET_ARN", secretArn("twilio"));
    environment.put("DIALOG_PUBLIC_URL", PUBLIC_URL);
    return environment;
  }

  public AwsConfig config() {
    return config(Map.of());
  }

  /**
   * @param more of the environment, above what the stage says
   */
  public AwsConfig config(Map<String, String> more) {
    Map<String, String> all = environment();
    all.putAll(more);
    return AwsConfig.from(all);
  }

  /** What EventBridge does every minute. */
  public void wakeSender() {
    cloud.sqs().client().sendMessage(request -> request.queueUrl(queue(WAKE)).messageBody("{}"));
  }

  /** As a deployed stage has it: tried until it succeeds, in halves after an error. */
  public static StreamSettings streamSettings(int batchSize) {
    return new StreamSettings(batchSize, true, StreamSettings.FOR_EVER);
  }

  /** The command stream as a source. */
  public KinesisSource commands(
      StreamSettings settings, Function<KinesisEvent, @Nullable StreamsEventResponse> function) {
    return new KinesisSource(
        cloud.kinesis().client(), commandStream(), settings, function, givenUp::add);
  }

  /** The stream of event batches as a source, from the first batch on. */
  public DynamoStreamSource events(
      StreamSettings settings, Function<DynamodbEvent, @Nullable StreamsEventResponse> function) {
    return new DynamoStreamSource(
        cloud.dynamo().client(),
        cloud.dynamo().streams(),
        tables.eventBatches(),
        settings,
        function,
        givenUp::add);
  }

  /**
   * A queue as a source.
   *
   * @param retryAfter when failed messages come again
   */
  public SqsSource messages(
      String queue, Duration retryAfter, Function<SQSEvent, @Nullable SQSBatchResponse> function) {
    return new SqsSource(
        cloud.sqs().client(), queue(queue), BATCH_OF_A_QUEUE, retryAfter, function);
  }

  /** The stand-ins go on: other stages may use them. */
  @Override
  public void close() {
    s3.close();
  }
}

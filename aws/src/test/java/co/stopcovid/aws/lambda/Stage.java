package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.aws.dynamo.DynamoRegistrationCodes;
import co.stopcovid.aws.local.EventSource;
import co.stopcovid.aws.local.LocalCloud;
import co.stopcovid.aws.local.LocalContext;
import co.stopcovid.aws.local.LocalStage;
import co.stopcovid.aws.local.StreamSettings;
import co.stopcovid.aws.local.UnreliableFunction;
import co.stopcovid.aws.sqs.FailureReader;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.FakeTwilio;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * A deployment on the stand-ins: the functions as they are put together for Lambda, called by the
 * rules of its event sources, on a clock that goes when told to. The provider is a fake.
 */
final class Stage implements AutoCloseable {
  static final Instant NOON_IN_NEW_YORK = Instant.parse("2026-11-23T17:30:00Z");
  private static final AtomicInteger STAGES = new AtomicInteger();
  private static final int MOST_ROUNDS = 500;
  private static final Duration SENDING = Duration.ofMillis(20_500);
  private static final List<String> CONSUMED =
      List.of(
          LocalStage.OUTBOUND,
          LocalStage.WAKE,
          LocalStage.DELIVERY_REPORTS,
          LocalStage.MESSAGE_LOG,
          LocalStage.CODES);

  final TestClock clock = new TestClock(NOON_IN_NEW_YORK);
  final FakeTwilio twilio = new FakeTwilio(clock);
  final LocalStage local;
  final PublishedDrills drills;
  final UnreliableFunction<KinesisEvent, StreamsEventResponse> commands;
  final UnreliableFunction<DynamodbEvent, StreamsEventResponse> distributor;
  final UnreliableFunction<DynamodbEvent, StreamsEventResponse> progress;
  final UnreliableFunction<SQSEvent, SQSBatchResponse> sender;
  final WebhookFunction webhook;
  private final List<EventSource> sources = new ArrayList<>();
  private final SendDueFunction sendDue;
  private final WaitingCommandsFunction waiting;
  private final LocalCloud cloud;

  /**
   * As a test wants its stage.
   *
   * @param commands how the command stream is read
   * @param isWhole false for one whose command stream is the test's to read, and that ends with the
   *     messages
   */
  record Options(
      Path content,
      Map<RegistrationCode, CodeVerdict.Valid> codes,
      int shards,
      StreamSettings commands,
      boolean isWhole) {
    static Options of(Path content, Map<RegistrationCode, CodeVerdict.Valid> codes) {
      return new Options(content, codes, 1, LocalStage.streamSettings(100), true);
    }

    Options behindTheStream() {
      return new Options(content, codes, shards, commands, false);
    }

    Options reading(int newShards, int batchSize) {
      return new Options(content, codes, newShards, LocalStage.streamSettings(batchSize), isWhole);
    }
  }

  Stage(LocalCloud cloud, Options options) {
    this(cloud, options, cloud.dynamo().client(), cloud.kinesis().client());
  }

  /**
   * @param dynamo what the functions use, which may fail
   * @param kinesis the same
   */
  Stage(LocalCloud cloud, Options options, DynamoDbClient dynamo, KinesisClient kinesis) {
    this.cloud = cloud;
    local = cloud.stage("test-" + STAGES.incrementAndGet(), options.content(), options.shards());
    AwsConfig config =
        local.config(
            Map.of(
                "TWILIO_API_URL", twilio.url().toString(),
                "DIALOG_SMS_GAP", "0s",
                "DIALOG_SMS_RATE", "100000",
                "DIALOG_MESSAGES_PER_DAY", "100000",
                "DIALOG_REPLIES_PER_WINDOW", "100000"));
    local.secrets().put(config.twilioSecret(), twilioSecret());
    new DynamoRegistrationCodes(cloud.dynamo().client(), local.tables()).put(options.codes());
    drills = CourseReader.read(options.content()).publish(BuiltInLanguages.load());
    Clients sound = local.clients();
    var composition =
        new Composition(
            config,
            new Clients(() -> dynamo, () -> kinesis, sound.sqs(), sound.s3(), sound.secrets()),
            clock,
            null,
            drills);
    webhook = new WebhookFunction(composition.webhook());
    commands =
        UnreliableFunction.kinesis(
            LocalContext.calling(new CommandFunction(composition.commands())));
    distributor =
        UnreliableFunction.dynamo(
            LocalContext.calling(new MessageDistributorFunction(composition)));
    progress = UnreliableFunction.dynamo(LocalContext.calling(new ProgressFunction(composition)));
    sender = UnreliableFunction.sqs(LocalContext.calling(new SenderFunction(composition)));
    sendDue = new SendDueFunction(composition.sending());
    waiting = new WaitingCommandsFunction(composition.waitingCommands());
    listen(options, composition);
  }

  /** The login to the fake. */
  static String twilioSecret() {
    return """
        {"account_sid":"%s","auth_token":"%s","messaging_service_sid":"%s"}"""
        .formatted(FakeTwilio.ACCOUNT_SID, FakeTwilio.AUTH_TOKEN, FakeTwilio.SERVICE_SID);
  }

  private void listen(Options options, Composition composition) {
    if (options.isWhole()) {
      sources.add(local.commands(options.commands(), commands));
    }
    sources.add(local.events(LocalStage.streamSettings(100), distributor));
    sources.add(messages(LocalStage.OUTBOUND, sender));
    sources.add(messages(LocalStage.WAKE, this::sendDue));
    sources.add(
        messages(
            LocalStage.CODES,
            LocalContext.calling(new RegistrationFunction(composition.waitingCommands()))));
    if (options.isWhole()) {
      sources.add(local.events(LocalStage.streamSettings(100), progress));
      sources.add(
          messages(
              LocalStage.MESSAGE_LOG,
              LocalContext.calling(new MessageLogFunction(composition.messageLog()))));
      sources.add(
          messages(
              LocalStage.DELIVERY_REPORTS,
              LocalContext.calling(new DeliveryReportFunction(composition.deliveryReports()))));
    }
  }

  private EventSource messages(
      String queue, Function<SQSEvent, @Nullable SQSBatchResponse> function) {
    return local.messages(queue, Duration.ZERO, function);
  }

  /** The sources of a whole stage: the command stream's, then those behind it. */
  List<EventSource> sources() {
    return List.copyOf(sources);
  }

  /** Runs all functions until none has anything to do. */
  void settle() {
    EventSource.settle(MOST_ROUNDS, sources);
    if (!local.givenUp().isEmpty()) {
      throw new AssertionError("given up: " + local.givenUp());
    }
  }

  /** With no time to wait in for what is due later: the clock stands still during a call. */
  private @Nullable SQSBatchResponse sendDue(SQSEvent event) {
    return sendDue.handleRequest(event, new LocalContext("send-due", SENDING));
  }

  /** What EventBridge has done every minute. */
  void everyMinute() {
    sendDue(new SQSEvent());
    waiting.handleRequest(Map.of(), new LocalContext("waiting", LocalContext.TIMEOUT));
  }

  /** Takes out what failed. */
  List<DeadLetter> failed(String queue) {
    var reader = new FailureReader(cloud.sqs().client(), local.queue(queue), Duration.ZERO);
    List<DeadLetter> letters = new ArrayList<>();
    var entries = reader.receive(10);
    while (!entries.isEmpty()) {
      for (var entry : entries) {
        letters.add(entry.letter().orElseThrow());
        reader.delete(entry);
      }
      entries = reader.receive(10);
    }
    return letters;
  }

  /** Messages that the queues gave up, by their bodies. */
  List<String> deadMessages() {
    return CONSUMED.stream()
        .flatMap(
            queue ->
                cloud
                    .sqs()
                    .client()
                    .receiveMessage(r -> r.queueUrl(local.queue(queue + "-dead")))
                    .messages()
                    .stream())
        .map(message -> message.body())
        .toList();
  }

  @Override
  public void close() {
    local.close();
    twilio.close();
  }
}

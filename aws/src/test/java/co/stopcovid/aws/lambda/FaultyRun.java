package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresOutboundLedger;
import co.stopcovid.adapters.twilio.TwilioForm;
import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.aws.dynamo.CourseConversation;
import co.stopcovid.aws.dynamo.DynamoCommandKeys;
import co.stopcovid.aws.handling.WebhookHandling;
import co.stopcovid.aws.kinesis.KinesisCommandStream;
import co.stopcovid.aws.local.DynamoFault;
import co.stopcovid.aws.local.EventSource;
import co.stopcovid.aws.local.FaultyDynamo;
import co.stopcovid.aws.local.FaultyKinesis;
import co.stopcovid.aws.local.LocalCloud;
import co.stopcovid.aws.local.LocalContext;
import co.stopcovid.aws.local.LocalStage;
import co.stopcovid.aws.local.UnreliableFunction;
import co.stopcovid.aws.retry.Retries;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.testkit.scenario.Scenarios;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.Fault;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Learners on a stage where much goes wrong: what they send and what goes wrong follows from a
 * seed. The calls of DynamoDB that run side by side may meet its faults in another order.
 */
final class FaultyRun implements AutoCloseable {
  static final Map<RegistrationCode, CodeVerdict.Valid> CODES =
      Map.of(
          new RegistrationCode("acme-2026"),
          new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme"))));
  static final Duration KEEP_KEYS = Duration.ofDays(8);
  private static final int LEARNERS = 6;
  private static final int MOST_TRIES = 30;
  private static final int MOST_MINUTES = 100;
  private static final int DYNAMO_PERCENT = 6;
  private static final int KINESIS_PERCENT = 15;
  private static final int FUNCTION_PERCENT = 12;
  private static final int PROVIDER_PERCENT = 10;
  private static final List<Fault> PROVIDER_FAULTS =
      List.of(
          Fault.LOST_ANSWER,
          Fault.LOST_REQUEST,
          Fault.ERROR_AFTER,
          Fault.ERROR_BEFORE,
          Fault.BUSY,
          Fault.GARBLED_ANSWER);

  final Stage stage;
  final FaultyDynamo dynamo;
  final FaultyKinesis kinesis;

  /** The idempotency keys of each learner's commands in the order of their acceptance. */
  final Map<PhoneNumber, List<String>> accepted = new LinkedHashMap<>();

  /** How often the provider took a message and did not say so. */
  final Map<String, Integer> unclear = new HashMap<>();

  private final LocalCloud cloud;
  private final Random random;
  private final boolean isFarBehind;
  private final List<Deque<DialogCommand>> plans = new ArrayList<>();
  private final AtomicBoolean isSound = new AtomicBoolean();
  private final KinesisCommandStream operator;

  FaultyRun(LocalCloud cloud, long seed) {
    this.cloud = cloud;
    random = new Random(seed);
    isFarBehind = Math.floorMod(seed, 3) == 1;
    var dynamoRandom = new Random(seed + 1);
    // In turn for each operation, each seed from another one on: by chance a rare one may not come.
    Map<String, Integer> turns = new ConcurrentHashMap<>();
    dynamo =
        new FaultyDynamo(
            cloud.dynamo().client(),
            operation ->
                dynamoRandom.nextInt(100) < DYNAMO_PERCENT && !isSound.get()
                    ? Optional.of(inTurn(operation, turns, seed))
                    : Optional.empty());
    kinesis = new FaultyKinesis(cloud.kinesis().client(), seed + 2, KINESIS_PERCENT);
    stage =
        new Stage(
            cloud,
            Stage.Options.of(Scenarios.content(), CODES)
                .reading(1 + random.nextInt(3), List.of(1, 7, 100).get(random.nextInt(3))),
            dynamo.client(),
            kinesis);
    stage.twilio.rule(this::provider);
    operator =
        new KinesisCommandStream(
            kinesis,
            stage.local.commandStream(),
            new DynamoCommandKeys(dynamo.client(), stage.local.tables(), stage.clock, KEEP_KEYS),
            Retries.sleeping(5, Duration.ofMillis(1), Duration.ofMillis(5)));
    for (int i = 0; i < LEARNERS; i++) {
      var learner = new PhoneNumber("+120255501%02d".formatted(i));
      plans.add(plan(learner));
      accepted.put(learner, new ArrayList<>());
    }
  }

  private static DynamoFault inTurn(String operation, Map<String, Integer> turns, long seed) {
    List<DynamoFault> faults = FaultyDynamo.possible(operation);
    long turn = turns.merge(operation, 1, Integer::sum) + seed * faults.size() / 2;
    return faults.get(Math.floorMod(turn, faults.size()));
  }

  /** Takes the course, with some of its answers left out and others that fit nothing. */
  private Deque<DialogCommand> plan(PhoneNumber learner) {
    Language language = random.nextBoolean() ? Language.ENGLISH : new Language("es");
    List<DialogCommand> course = CourseConversation.of(learner, language);
    Deque<DialogCommand> plan = new ArrayDeque<>();
    for (DialogCommand command : course.subList(0, 8 + random.nextInt(14))) {
      if (random.nextInt(12) == 0) {
        plan.add(new ReceiveSms(learner, "what is this about"));
      }
      if (plan.isEmpty() || random.nextInt(15) > 0) {
        plan.add(command);
      }
    }
    return plan;
  }

  private Fault provider(String phone) {
    if (isSound.get() || random.nextInt(100) >= PROVIDER_PERCENT) {
      return Fault.NONE;
    }
    Fault fault = PROVIDER_FAULTS.get(random.nextInt(PROVIDER_FAULTS.size()));
    if (fault.accepts()) {
      unclear.merge(phone, 1, Integer::sum);
    }
    return fault;
  }

  /** Everything that the learners send, and all that follows from it. */
  void run() {
    EventSource commands = stage.sources().getFirst();
    List<EventSource> consumers = stage.sources().subList(1, stage.sources().size());
    int splitAt = random.nextInt(60);
    for (int step = 0; !plans.isEmpty(); step++) {
      Deque<DialogCommand> plan = plans.get(random.nextInt(plans.size()));
      send(plan.remove());
      if (plan.isEmpty()) {
        plans.remove(plan);
      }
      if (step == splitAt) {
        split();
      }
      goWrong();
      if (random.nextInt(3) == 0) {
        commands.poll();
      }
      for (EventSource consumer : isFarBehind ? List.<EventSource>of() : consumers) {
        if (random.nextInt(3) == 0) {
          consumer.poll();
        }
      }
    }
    EventSource.settle(500, List.of(commands));
    goWrong();
    stage.settle();
    redeliver();
    isSound.set(true);
    sendTheRest();
  }

  /** As Twilio and operators do: again until it was accepted, and at times once more. */
  private void send(DialogCommand command) {
    List<String> own = accepted.getOrDefault(command.phone(), List.of());
    String key = "SM%s%020d".formatted(command.phone().value().substring(1), own.size());
    int more = random.nextInt(8) == 0 ? 1 : 0;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (!isAccepted(command, key)) {
        if (random.nextBoolean()) {
          stage.sources().getFirst().poll();
        }
      } else if (more-- == 0) {
        own.add(key);
        return;
      }
    }
    throw new AssertionError("not accepted after %d tries: %s".formatted(MOST_TRIES, key));
  }

  private boolean isAccepted(DialogCommand command, String key) {
    if (command instanceof ReceiveSms message) {
      return post(message, key) == 200;
    }
    try {
      operator.append(List.of(new NewCommand(command, key)));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private int post(ReceiveSms message, String sid) {
    String form =
        "MessageSid=%s&From=%s&Body=%s"
            .formatted(sid, encoded(message.phone().value()), encoded(message.body()));
    String signature =
        new TwilioSignature(List.of(FakeTwilio.AUTH_TOKEN))
            .sign(LocalStage.PUBLIC_URL + WebhookHandling.PATH, TwilioForm.parse(form, 100).all());
    return stage
        .webhook
        .handleRequest(
            APIGatewayV2HTTPEvent.builder()
                .withRawPath(WebhookHandling.PATH)
                .withRawQueryString("")
                .withHeaders(Map.of("x-twilio-signature", signature))
                .withBody(form)
                .build(),
            new LocalContext("webhook", LocalContext.TIMEOUT))
        .getStatusCode();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void goWrong() {
    for (UnreliableFunction<?, ?> function :
        List.of(stage.commands, stage.distributor, stage.progress, stage.sender)) {
      if (random.nextInt(100) < FUNCTION_PERCENT) {
        if (random.nextBoolean()) {
          function.loseAnswer();
        } else {
          function.cutOffAfter(random.nextInt(4));
        }
      }
    }
  }

  /** Splits the first open shard in the middle. */
  private void split() {
    var client = cloud.kinesis().client();
    String stream = stage.local.commandStream();
    Shard open =
        client.listShards(request -> request.streamName(stream)).shards().stream()
            .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
            .min(Comparator.comparing(Shard::shardId))
            .orElseThrow();
    BigInteger middle =
        new BigInteger(open.hashKeyRange().startingHashKey())
            .add(new BigInteger(open.hashKeyRange().endingHashKey()))
            .shiftRight(1);
    client.splitShard(
        request ->
            request
                .streamName(stream)
                .shardToSplit(open.shardId())
                .newStartingHashKey(middle.toString()));
    cloud.kinesis().awaitActive(stream);
  }

  /** All streams once more from their beginning, in other batches. */
  private void redeliver() {
    var settings = LocalStage.streamSettings(1 + random.nextInt(50));
    EventSource.settle(
        1_000,
        List.of(
            stage.local.commands(settings, stage.commands),
            stage.local.events(settings, stage.distributor),
            stage.local.events(settings, stage.progress)));
    stage.settle();
  }

  /** What was put off becomes due as time passes. */
  private void sendTheRest() {
    try (var connections = Connections.open(DatabaseUrl.parse(stage.local.database()), 1)) {
      var ledger = new PostgresOutboundLedger(new Database(connections), Fence.NONE, Duration.ZERO);
      for (int minute = 0; minute < MOST_MINUTES && ledger.nextDue().isPresent(); minute++) {
        stage.clock.advance(Duration.ofMinutes(1));
        stage.everyMinute();
        stage.settle();
      }
    }
  }

  @Override
  public void close() {
    stage.close();
  }
}

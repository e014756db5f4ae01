package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.PostgresMessageLog;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.aws.dynamo.DynamoCommandKeys;
import co.stopcovid.aws.dynamo.DynamoDialogStore;
import co.stopcovid.aws.dynamo.DynamoDrillVersions;
import co.stopcovid.aws.dynamo.DynamoEventHistory;
import co.stopcovid.aws.dynamo.DynamoWaitingCommands;
import co.stopcovid.aws.kinesis.CommandRecords;
import co.stopcovid.aws.local.EventSource;
import co.stopcovid.aws.local.LocalCloud;
import co.stopcovid.aws.local.LocalStage;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.testkit.TestClock;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after a run, whatever went wrong. The reference are the commands of the stream,
 * each once and in order, handled in memory.
 */
final class FaultyRunChecks {
  private static final int ALL = 10_000;
  private static final Duration YEAR = Duration.ofDays(365);

  /** A record of the stream. */
  private record Stored(SequenceNumber seq, NewCommand command) {}

  private final FaultyRun run;
  private final LocalCloud cloud;
  private final Stage stage;
  private final DynamoEventHistory history;
  private final DynamoDialogStore dialogs;
  private final InMemoryDialogStore reference = new InMemoryDialogStore();
  private final Map<PhoneNumber, List<SequencedCommand>> commands = new TreeMap<>();
  private int repeats;
  private int completed;

  FaultyRunChecks(LocalCloud cloud, FaultyRun run) {
    this.cloud = cloud;
    this.run = run;
    stage = run.stage;
    var client = cloud.dynamo().client();
    var versions = new DynamoDrillVersions(client, stage.local.tables(), BuiltInLanguages.load());
    history = new DynamoEventHistory(client, stage.local.tables(), versions);
    dialogs = new DynamoDialogStore(client, stage.local.tables(), versions);
  }

  /** Records of the stream that repeat another. */
  int repeats() {
    return repeats;
  }

  /** Drills that learners completed. */
  int completed() {
    return completed;
  }

  void check() {
    checkThatNothingFailed();
    readCommands();
    assertThat(commands.keySet()).isEqualTo(run.accepted.keySet());
    commands.forEach(
        (learner, own) -> {
          checkEvents(learner, own);
          checkTexts(learner);
        });
    try (var connections = Connections.open(DatabaseUrl.parse(stage.local.database()), 2)) {
      var database = new Database(connections);
      checkProgress(database);
      checkLog(database);
    }
  }

  private void checkThatNothingFailed() {
    assertThat(stage.local.givenUp()).as("given up by the streams").isEmpty();
    assertThat(stage.deadMessages()).as("given up by the queues").isEmpty();
    assertThat(stage.failed(LocalStage.FAILED_COMMANDS)).as("failed commands").isEmpty();
    assertThat(stage.failed(LocalStage.FAILED_EVENTS)).as("failed events").isEmpty();
    var waiting =
        new DynamoWaitingCommands(cloud.dynamo().client(), stage.local.tables(), stage.clock);
    assertThat(waiting.due(stage.clock.instant().plus(YEAR), ALL)).as("waiting").isEmpty();
  }

  /** Of the records with the same key that counts which holds the key. */
  private void readCommands() {
    List<Stored> records = new ArrayList<>();
    EventSource.settle(
        ALL,
        List.of(
            stage.local.commands(
                LocalStage.streamSettings(100),
                event -> {
                  event.getRecords().forEach(record -> records.add(stored(record)));
                  return null;
                })));
    Set<String> keys = new HashSet<>();
    records.forEach(record -> keys.add(String.valueOf(record.command().idempotencyKey())));
    Map<String, SequenceNumber> holders =
        new DynamoCommandKeys(
                cloud.dynamo().client(), stage.local.tables(), stage.clock, FaultyRun.KEEP_KEYS)
            .find(keys);
    assertThat(holders.keySet()).as("every command has a key").isEqualTo(keys);
    Set<SequenceNumber> held = new HashSet<>();
    for (Stored record : records) {
      if (record.seq().equals(holders.get(record.command().idempotencyKey()))) {
        held.add(record.seq());
        commands
            .computeIfAbsent(record.command().command().phone(), phone -> new ArrayList<>())
            .add(new SequencedCommand(record.seq(), record.command().command()));
      } else {
        repeats++;
      }
    }
    assertThat(held).as("each key is held by a record").containsAll(holders.values());
    run.accepted.forEach(
        (learner, own) ->
            assertThat(own.stream().map(holders::get))
                .as("what %s sent, in that order", learner)
                .doesNotContainNull()
                .isSorted()
                .doesNotHaveDuplicates());
  }

  private static Stored stored(KinesisEvent.KinesisEventRecord record) {
    return new Stored(
        SequenceNumber.parse(record.getKinesis().getSequenceNumber()),
        CommandRecords.decode(record.getKinesis().getData().array()));
  }

  private void checkEvents(PhoneNumber learner, List<SequencedCommand> own) {
    List<EventBatch> stored = history.after(learner, 0, ALL);
    Map<SequenceNumber, Instant> times = new HashMap<>();
    stored.forEach(batch -> times.put(batch.seq(), batch.createdTime()));
    var clock = new TestClock(Stage.NOON_IN_NEW_YORK);
    var engine =
        new DialogEngine(
            reference,
            new InMemoryDrillVersions(),
            stage.drills,
            new InMemoryRegistrationCodes(FaultyRun.CODES),
            new Keywords(BuiltInLanguages.load()),
            clock);
    for (SequencedCommand command : own) {
      clock.set(times.getOrDefault(command.seq(), clock.instant()));
      engine.handle(List.of(command));
    }
    assertThat(stored)
        .as("events of %s", learner)
        .isEqualTo(reference.after(learner, 0, ALL))
        .extracting(EventBatch::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, stored.size()).boxed().toList());
    assertThat(dialogs.load(Set.of(learner))).isEqualTo(reference.load(Set.of(learner)));
    completed +=
        (int)
            stored.stream()
                .flatMap(batch -> batch.events().stream())
                .filter(DialogEvent.DrillCompleted.class::isInstance)
                .count();
  }

  /** Each text once and in order; one that the provider took silently may come twice. */
  private void checkTexts(PhoneNumber learner) {
    List<String> sent = stage.twilio.textsTo(learner.value());
    List<String> once = new ArrayList<>();
    List<String> expected = texts(learner);
    int doubled = 0;
    for (String text : sent) {
      boolean isNext = once.size() < expected.size() && text.equals(expected.get(once.size()));
      if (!isNext && !once.isEmpty() && text.equals(once.getLast())) {
        doubled++;
      } else {
        once.add(text);
      }
    }
    assertThat(once).as("texts to %s", learner).isEqualTo(expected);
    assertThat(doubled)
        .as("texts to %s that came twice", learner)
        .isLessThanOrEqualTo(run.unclear.getOrDefault(learner.value(), 0));
  }

  private List<String> texts(PhoneNumber learner) {
    var writer = new MessageWriter(stage.drills.texts());
    List<String> texts = new ArrayList<>();
    DrillVersion drill = null;
    for (EventBatch batch : reference.after(learner, 0, ALL)) {
      for (OutboundMessage message : writer.write(batch, drill, false)) {
        texts.add(message.body() == null ? "" : message.body());
      }
      drill = drillAfter(batch, drill);
    }
    return texts;
  }

  private static @Nullable DrillVersion drillAfter(
      EventBatch batch, @Nullable DrillVersion before) {
    DrillVersion drill = before;
    for (DialogEvent event : batch.events()) {
      if (event instanceof DialogEvent.DrillStarted start) {
        drill = start.drill();
      }
    }
    return drill;
  }

  private void checkProgress(Database database) {
    ProgressRebuild.Result rebuilt =
        new ProgressRebuild(
                reference, reference, new PostgresProgressStore(database), stage.drills, 100)
            .run();
    long batches =
        commands.keySet().stream().mapToLong(it -> reference.after(it, 0, ALL).size()).sum();
    assertThat(rebuilt)
        .as("a rebuild finds nothing to correct")
        .isEqualTo(new ProgressRebuild.Result(batches, 0, 0));
  }

  private void checkLog(Database database) {
    var log = new PostgresMessageLog(database);
    commands.forEach(
        (learner, own) ->
            assertThat(
                    log.conversation(learner, stage.clock.instant().plus(YEAR), ALL).stream()
                        .filter(LoggedMessage.Inbound.class::isInstance)
                        .map(logged -> ((LoggedMessage.Inbound) logged).message().seq())
                        .toList())
                .as("messages of %s in the log", learner)
                .containsExactlyInAnyOrderElementsOf(
                    own.stream()
                        .filter(command -> command.command() instanceof ReceiveSms)
                        .map(SequencedCommand::seq)
                        .toList()));
  }
}

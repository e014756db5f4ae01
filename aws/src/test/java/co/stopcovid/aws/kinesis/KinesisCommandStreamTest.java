package co.stopcovid.aws.kinesis;

import co.stopcovid.aws.local.KinesisLocal;
import co.stopcovid.aws.retry.Retries;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.testkit.contract.CommandStreamContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class KinesisCommandStreamTest extends CommandStreamContract {
  private static final String STREAM = "command-stream-test";

  @SuppressWarnings("NullAway.Init")
  private static KinesisLocal kinesis;

  private static final CommandKeys KEYS =
      new InMemoryCommandKeys(Duration.ofHours(1), InstantSource.system());

  @BeforeAll
  static void start() {
    kinesis = KinesisLocal.start();
    kinesis.createStream(STREAM, 1);
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  private static CommandStream newStream() {
    var backoff = Retries.sleeping(5, Duration.ofMillis(20), Duration.ofSeconds(1));
    return new KinesisCommandStream(kinesis.client(), STREAM, KEYS, backoff);
  }

  @Override
  protected CommandStream stream() {
    return newStream();
  }

  @Override
  protected CommandStream secondStream() {
    return newStream();
  }

  /** Its readers read the whole stream each time, over HTTP. */
  @Override
  protected int raceRounds() {
    return 20;
  }

  @Override
  protected List<SequencedCommand> commands() {
    List<SequencedCommand> commands = new ArrayList<>();
    for (Record record : records()) {
      var seq = SequenceNumber.parse(record.sequenceNumber());
      NewCommand command = CommandRecords.decode(record.data().asByteArray());
      if (isHolder(command.idempotencyKey(), seq)) {
        commands.add(new SequencedCommand(seq, command.command()));
      }
    }
    return commands;
  }

  private static boolean isHolder(@Nullable String key, SequenceNumber seq) {
    return key == null || seq.equals(KEYS.claim(Map.of(key, seq)).get(key));
  }

  private static List<Record> records() {
    KinesisClient client = kinesis.client();
    String shard =
        client.listShards(request -> request.streamName(STREAM)).shards().getFirst().shardId();
    String iterator =
        client
            .getShardIterator(
                request ->
                    request
                        .streamName(STREAM)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    List<Record> records = new ArrayList<>();
    GetRecordsResponse page;
    do {
      String next = iterator;
      page = client.getRecords(request -> request.shardIterator(next));
      records.addAll(page.records());
      iterator = page.nextShardIterator();
    } while (!page.records().isEmpty());
    return records;
  }
}

package co.stopcovid.aws.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.Shard;

class KinesisSourceTest {
  @SuppressWarnings("NullAway.Init")
  private static KinesisLocal kinesis;

  private final String stream = "stream-" + UUID.randomUUID();
  private final List<String> seen = new ArrayList<>();
  private final List<KinesisEventRecord> records = new ArrayList<>();
  private final UnreliableFunction<KinesisEvent, StreamsEventResponse> function =
      UnreliableFunction.kinesis(this::handle);

  @BeforeAll
  static void start() {
    kinesis = KinesisLocal.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  private @Nullable StreamsEventResponse handle(KinesisEvent event) {
    for (KinesisEventRecord record : event.getRecords()) {
      seen.add(UTF_8.decode(record.getKinesis().getData()).toString());
      records.add(record);
    }
    return null;
  }

  private EventSource source(int batchSize) {
    return new KinesisSource(
        kinesis.client(),
        stream,
        new StreamSettings(batchSize, false, StreamSettings.FOR_EVER),
        function,
        batch -> {});
  }

  private void put(String key, int from, int to) {
    for (int i = from; i < to; i++) {
      String data = "%s %03d".formatted(key, i);
      kinesis
          .client()
          .putRecord(
              request ->
                  request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
    }
  }

  private static List<String> expected(String key, int count) {
    return IntStream.range(0, count).mapToObj(i -> "%s %03d".formatted(key, i)).toList();
  }

  @Test
  void recordsComeAsLambdaGivesThem() {
    kinesis.createStream(stream, 1);
    put("+12025550123", 0, 1);

    EventSource.settle(10, List.of(source(10)));

    KinesisEventRecord record = records.getFirst();
    assertThat(seen).containsExactly("+12025550123 000");
    assertThat(record.getKinesis().getPartitionKey()).isEqualTo("+12025550123");
    assertThat(record.getKinesis().getSequenceNumber()).matches("[0-9]{56}");
    assertThat(record.getEventID())
        .isEqualTo("shardId-000000000000:" + record.getKinesis().getSequenceNumber());
    assertThat(record.getEventSource()).isEqualTo("aws:kinesis");
    assertThat(record.getEventSourceARN()).endsWith(":stream/" + stream);
    assertThat(record.getKinesis().getApproximateArrivalTimestamp()).isNotNull();
  }

  @Test
  void aFunctionThatIsCutOffGetsItsBatchAgain() {
    kinesis.createStream(stream, 1);
    put("a", 0, 5);
    function.cutOffAfter(2);
    function.cutOffAfter(0);
    function.loseAnswer();

    EventSource.settle(10, List.of(source(3)));

    assertThat(seen)
        .containsExactly(
            "a 000", "a 001", "a 000", "a 001", "a 002", "a 000", "a 001", "a 002", "a 003",
            "a 004");
  }

  @Test
  void orderOfAKeyIsKeptOverAReshard() {
    kinesis.createStream(stream, 1);
    List<String> keys = List.of("ana", "ben", "cleo", "dora");
    keys.forEach(key -> put(key, 0, 5));
    EventSource source = source(3);
    source.poll();

    Shard parent = shards().getFirst();
    BigInteger middle = BigInteger.TWO.pow(127);
    kinesis
        .client()
        .splitShard(
            request ->
                request
                    .streamName(stream)
                    .shardToSplit(parent.shardId())
                    .newStartingHashKey(middle.toString()));
    kinesis.awaitActive(stream);
    keys.forEach(key -> put(key, 5, 10));
    List<String> children =
        shards().stream().map(Shard::shardId).filter(id -> !id.equals(parent.shardId())).toList();
    kinesis
        .client()
        .mergeShards(
            request ->
                request
                    .streamName(stream)
                    .shardToMerge(children.get(0))
                    .adjacentShardToMerge(children.get(1)));
    kinesis.awaitActive(stream);
    keys.forEach(key -> put(key, 10, 15));

    EventSource.settle(200, List.of(source));

    assertThat(shards()).hasSize(4);
    for (String key : keys) {
      assertThat(seen).filteredOn(data -> data.startsWith(key)).isEqualTo(expected(key, 15));
    }
  }

  private List<Shard> shards() {
    return kinesis.client().listShards(request -> request.streamName(stream)).shards();
  }
}

package co.stopcovid.aws.local;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A Kinesis stream as the source of a function's events. */
public final class KinesisSource implements EventSource {
  private final StreamSource<Record> source;

  /**
   * @param function answers with the records that failed; null for none
   * @param onFailure gets what is given up
   */
  public KinesisSource(
      KinesisClient client,
      String stream,
      StreamSettings settings,
      Function<KinesisEvent, @Nullable StreamsEventResponse> function,
      Consumer<GivenUpBatch> onFailure) {
    String arn =
        client
            .describeStreamSummary(request -> request.streamName(stream))
            .streamDescriptionSummary()
            .streamARN();
    source =
        new StreamSource<>(
            new Shards(client, stream),
            settings,
            (shard, records) -> function.apply(event(arn, shard, records)),
            onFailure);
  }

  @Override
  public boolean poll() {
    return source.poll();
  }

  private static KinesisEvent event(String arn, String shard, List<Record> records) {
    var event = new KinesisEvent();
    event.setRecords(records.stream().map(record -> eventRecord(arn, shard, record)).toList());
    return event;
  }

  private static KinesisEventRecord eventRecord(String arn, String shard, Record record) {
    var data = new KinesisEvent.Record();
    data.setKinesisSchemaVersion("1.0");
    data.setPartitionKey(record.partitionKey());
    data.setSequenceNumber(record.sequenceNumber());
    // Over an array, like the buffers that Lambda makes.
    data.setData(ByteBuffer.wrap(record.data().asByteArray()));
    data.setApproximateArrivalTimestamp(Date.from(record.approximateArrivalTimestamp()));
    var eventRecord = new KinesisEventRecord();
    eventRecord.setKinesis(data);
    eventRecord.setEventID(shard + ':' + record.sequenceNumber());
    eventRecord.setEventName("aws:kinesis:record");
    eventRecord.setEventSource("aws:kinesis");
    eventRecord.setEventVersion("1.0");
    eventRecord.setEventSourceARN(arn);
    eventRecord.setAwsRegion(LocalAws.REGION.id());
    return eventRecord;
  }

  private record Shards(KinesisClient client, String stream) implements ShardedStream<Record> {
    @Override
    public List<Shard> shards() {
      return client.listShards(request -> request.streamName(stream)).shards().stream()
          .map(Shards::shard)
          .toList();
    }

    private static Shard shard(software.amazon.awssdk.services.kinesis.model.Shard shard) {
      Set<String> parents = new HashSet<>();
      if (shard.parentShardId() != null) {
        parents.add(shard.parentShardId());
      }
      if (shard.adjacentParentShardId() != null) {
        parents.add(shard.adjacentParentShardId());
      }
      return new Shard(shard.shardId(), parents);
    }

    @Override
    public String position(String shard, @Nullable String after) {
      return client
          .getShardIterator(
              request ->
                  request
                      .streamName(stream)
                      .shardId(shard)
                      .shardIteratorType(
                          after == null
                              ? ShardIteratorType.TRIM_HORIZON
                              : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                      .startingSequenceNumber(after))
          .shardIterator();
    }

    @Override
    public Page<Record> read(String position, int limit) {
      try {
        GetRecordsResponse page =
            client.getRecords(request -> request.shardIterator(position).limit(limit));
        return new Page<>(page.records(), page.nextShardIterator());
      } catch (ExpiredIteratorException e) {
        throw new ExpiredPositionException(e);
      }
    }

    @Override
    public String sequenceNumber(Record record) {
      return record.sequenceNumber();
    }
  }
}

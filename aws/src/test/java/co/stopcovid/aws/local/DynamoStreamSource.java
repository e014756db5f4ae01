package co.stopcovid.aws.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamViewType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The stream of a DynamoDB table as the source of a function's events. */
public final class DynamoStreamSource implements EventSource {
  private final StreamSource<Record> source;

  /**
   * @param function answers with the records that failed; null for none
   * @param onFailure gets what is given up
   */
  public DynamoStreamSource(
      DynamoDbClient tables,
      DynamoDbStreamsClient streams,
      String table,
      StreamSettings settings,
      Function<DynamodbEvent, @Nullable StreamsEventResponse> function,
      Consumer<GivenUpBatch> onFailure) {
    String arn =
        tables.describeTable(request -> request.tableName(table)).table().latestStreamArn();
    source =
        new StreamSource<>(
            new Shards(streams, arn),
            settings,
            (shard, records) -> function.apply(event(arn, records)),
            onFailure);
  }

  @Override
  public boolean poll() {
    return source.poll();
  }

  private static DynamodbEvent event(String arn, List<Record> records) {
    var event = new DynamodbEvent();
    event.setRecords(records.stream().map(record -> eventRecord(arn, record)).toList());
    return event;
  }

  private static DynamodbStreamRecord eventRecord(String arn, Record record) {
    software.amazon.awssdk.services.dynamodb.model.StreamRecord from = record.dynamodb();
    StreamRecord change =
        new StreamRecord()
            .withApproximateCreationDateTime(Date.from(from.approximateCreationDateTime()))
            .withKeys(values(from.keys()))
            .withSequenceNumber(from.sequenceNumber())
            .withSizeBytes(from.sizeBytes())
            .withStreamViewType(StreamViewType.fromValue(from.streamViewTypeAsString()));
    if (from.hasNewImage()) {
      change.setNewImage(values(from.newImage()));
    }
    if (from.hasOldImage()) {
      change.setOldImage(values(from.oldImage()));
    }
    var eventRecord = new DynamodbStreamRecord();
    eventRecord.setDynamodb(change);
    eventRecord.setEventID(record.eventID());
    eventRecord.setEventName(record.eventNameAsString());
    eventRecord.setEventVersion("1.1");
    eventRecord.setEventSource("aws:dynamodb");
    eventRecord.setAwsRegion(LocalAws.REGION.id());
    eventRecord.setEventSourceARN(arn);
    return eventRecord;
  }

  private static Map<String, AttributeValue> values(
      Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> from) {
    Map<String, AttributeValue> values = new HashMap<>();
    from.forEach((name, value) -> values.put(name, value(value)));
    return values;
  }

  private static AttributeValue value(
      software.amazon.awssdk.services.dynamodb.model.AttributeValue from) {
    var value = new AttributeValue();
    switch (from.type()) {
      case S -> value.setS(from.s());
      case N -> value.setN(from.n());
      case B -> value.setB(buffer(from.b()));
      case SS -> value.setSS(from.ss());
      case NS -> value.setNS(from.ns());
      case BS -> value.setBS(from.bs().stream().map(DynamoStreamSource::buffer).toList());
      case M -> value.setM(values(from.m()));
      case L -> value.setL(from.l().stream().map(DynamoStreamSource::value).toList());
      case BOOL -> value.setBOOL(from.bool());
      case NUL -> value.setNULL(true);
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("an attribute of a type that is not known");
    }
    return value;
  }

  /** Over an array, like the ones that Lambda makes. */
  private static ByteBuffer buffer(SdkBytes bytes) {
    return ByteBuffer.wrap(bytes.asByteArray());
  }

  private record Shards(DynamoDbStreamsClient client, String arn) implements ShardedStream<Record> {
    @Override
    public List<Shard> shards() {
      List<Shard> shards = new ArrayList<>();
      String last = null;
      do {
        String after = last;
        StreamDescription page =
            client
                .describeStream(request -> request.streamArn(arn).exclusiveStartShardId(after))
                .streamDescription();
        page.shards()
            .forEach(
                shard ->
                    shards.add(
                        new Shard(
                            shard.shardId(),
                            shard.parentShardId() == null
                                ? Set.of()
                                : Set.of(shard.parentShardId()))));
        last = page.lastEvaluatedShardId();
      } while (last != null);
      return shards;
    }

    @Override
    public String position(String shard, @Nullable String after) {
      return client
          .getShardIterator(
              request ->
                  request
                      .streamArn(arn)
                      .shardId(shard)
                      .shardIteratorType(
                          after == null
                              ? ShardIteratorType.TRIM_HORIZON
                              : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                      .sequenceNumber(after))
          .shardIterator();
    }

    @Override
    public Page<Record> read(String position, int limit) {
      try {
        GetRecordsResponse page =
            client.getRecords(
                request -> request.shardIterator(position).limit(Math.min(limit, 1_000)));
        return new Page<>(page.records(), page.nextShardIterator());
      } catch (ExpiredIteratorException | TrimmedDataAccessException e) {
        // DynamoDB Local trims, as it says, what was a position before the first record.
        throw new ExpiredPositionException(e);
      }
    }

    @Override
    public String sequenceNumber(Record record) {
      return record.dynamodb().sequenceNumber();
    }
  }
}

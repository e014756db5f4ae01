package co.stopcovid.aws.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.aws.dynamo.Tables;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoStreamSourceTest {
  private static final DynamoLocal DYNAMO = new DynamoLocal();

  private static final AtomicInteger STAGES = new AtomicInteger();

  private final Tables tables = DYNAMO.create("stage" + STAGES.incrementAndGet());
  private final List<DynamodbStreamRecord> seen = new ArrayList<>();
  private @Nullable String failing;

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  private @Nullable StreamsEventResponse handle(DynamodbEvent event) {
    for (DynamodbStreamRecord record : event.getRecords()) {
      if (version(record).equals(failing)) {
        failing = null;
        return new StreamsEventResponse(
            List.of(new BatchItemFailure(record.getDynamodb().getSequenceNumber())));
      }
      seen.add(record);
    }
    return null;
  }

  private EventSource source() {
    return new DynamoStreamSource(
        DYNAMO.client(),
        DYNAMO.streams(),
        tables.eventBatches(),
        new StreamSettings(3, false, StreamSettings.FOR_EVER),
        this::handle,
        batch -> {});
  }

  private void put(int version, Map<String, AttributeValue> more) {
    var item = new HashMap<>(more);
    item.put("phone_number", AttributeValue.fromS("+12025550123"));
    item.put("version", AttributeValue.fromN(Integer.toString(version)));
    DYNAMO.client().putItem(request -> request.tableName(tables.eventBatches()).item(item));
  }

  private static String version(DynamodbStreamRecord record) {
    return value(record.getDynamodb().getKeys(), "version").getN();
  }

  private static com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue value(
      Map<String, com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue>
          values,
      String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private List<String> versions() {
    return seen.stream().map(DynamoStreamSourceTest::version).toList();
  }

  @Test
  void newItemsComeInTheirOrderFromTheFirstOn() {
    IntStream.range(0, 8).forEach(version -> put(version, Map.of()));

    EventSource.settle(50, List.of(source()));

    assertThat(versions()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
  }

  @Test
  void aReportedRecordComesAgainAndNothingGetsPastIt() {
    IntStream.range(0, 5).forEach(version -> put(version, Map.of()));
    failing = "1";

    EventSource.settle(50, List.of(source()));

    assertThat(versions()).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void itemsThatComeWhileItIsPolledComeOnce() {
    EventSource source = source();
    assertThat(source.poll()).isFalse();
    for (int version = 1; version <= 6; version++) {
      put(version, Map.of());
      EventSource.settle(50, List.of(source));
      assertThat(source.poll()).isFalse();
    }

    assertThat(versions()).containsExactly("1", "2", "3", "4", "5", "6");
  }

  @Test
  void everyTypeOfAttributeComesThrough() {
    put(
        1,
        Map.of(
            "s", AttributeValue.fromS("text"),
            "n", AttributeValue.fromN("12"),
            "b", AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")),
            "t", AttributeValue.fromBool(true),
            "z", AttributeValue.fromNul(true),
            "l", AttributeValue.fromL(List.of(AttributeValue.fromS("in a list"))),
            "m", AttributeValue.fromM(Map.of("k", AttributeValue.fromN("3"))),
            "ss", AttributeValue.fromSs(List.of("x", "y"))));

    EventSource.settle(50, List.of(source()));

    DynamodbStreamRecord record = seen.getFirst();
    assertThat(record.getEventName()).isEqualTo("INSERT");
    assertThat(record.getEventSource()).isEqualTo("aws:dynamodb");
    assertThat(record.getEventSourceARN()).contains(tables.eventBatches());
    var image = record.getDynamodb().getNewImage();
    assertThat(value(image, "s").getS()).isEqualTo("text");
    assertThat(value(image, "n").getN()).isEqualTo("12");
    assertThat(new String(value(image, "b").getB().array(), UTF_8)).isEqualTo("bytes");
    assertThat(value(image, "t").getBOOL()).isTrue();
    assertThat(value(image, "z").getNULL()).isTrue();
    assertThat(value(image, "l").getL().getFirst().getS()).isEqualTo("in a list");
    assertThat(value(value(image, "m").getM(), "k").getN()).isEqualTo("3");
    assertThat(value(image, "ss").getSS()).containsExactlyInAnyOrder("x", "y");
    assertThat(record.getDynamodb().getOldImage()).isNull();
  }
}

package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.testkit.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * What a command costs: the whole sample course in two languages, each command by itself. DynamoDB
 * bills each item of a transaction twice, once to prepare it and once to commit it. What DynamoDB
 * Local reports of a transaction follows other rules (4 units for one item of no size), so what an
 * item costs is taken from a plain put of it, and the report is held against that of the smallest
 * transaction there can be.
 */
class DynamoCostTest {
  private static final int BYTES_OF_A_UNIT = 1_024;

  private static final int UNITS_IN_TRANSACTION = 2;

  private final Tables tables = TestDynamo.newTables();
  private final Tables scales = TestDynamo.newTables();
  private final List<Double> units = new ArrayList<>();
  private final List<Double> reported = new ArrayList<>();
  private final List<Integer> stateSizes = new ArrayList<>();
  private final List<Integer> batchSizes = new ArrayList<>();

  @Test
  void aCommandWithEventsCostsFourWriteUnits() {
    DynamoDbClient client = metered(TestDynamo.client());
    var versions = new DynamoDrillVersions(client, tables, CourseConversation.LANGUAGES);
    DialogEngine engine =
        CourseConversation.engine(new DynamoDialogStore(client, tables, versions), versions);
    int commands = 0;
    for (String language : List.of("en", "zh")) {
      PhoneNumber learner = Samples.newLearner();
      for (DialogCommand command : CourseConversation.of(learner, new Language(language))) {
        var sequenced = new SequencedCommand(CourseConversation.number(commands++), command);
        assertThat(engine.handle(List.of(sequenced)))
            .singleElement()
            .isInstanceOf(Outcome.Committed.class);
      }
    }

    System.out.printf(
        "DynamoDB: %d commands, write units a command %s; bytes min/median/max:"
            + " state %s, batch %s%n",
        commands, spread(units), spread(stateSizes), spread(batchSizes));
    assertThat(units).hasSize(commands).containsOnly(4.0);
    assertThat(reported).containsOnly(smallestTransaction());
    assertThat(stateSizes).allMatch(size -> size <= BYTES_OF_A_UNIT);
    assertThat(batchSizes).allMatch(size -> size <= BYTES_OF_A_UNIT);
  }

  private static <T extends Comparable<T>> String spread(List<T> values) {
    List<T> sorted = values.stream().sorted().toList();
    return "%s/%s/%s".formatted(sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
  }

  /** Asks of each transaction what it consumed, and looks at its items. */
  private DynamoDbClient metered(DynamoDbClient client) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof TransactWriteItemsRequest request) {
                return meter(client, request);
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  private TransactWriteItemsResponse meter(
      DynamoDbClient client, TransactWriteItemsRequest request) {
    request
        .transactItems()
        .forEach(
            item -> {
              boolean state = item.put().tableName().equals(tables.dialogStates());
              (state ? stateSizes : batchSizes).add(size(item.put().item()));
            });
    units.add(
        UNITS_IN_TRANSACTION
            * request.transactItems().stream().mapToDouble(item -> weigh(client, item)).sum());
    TransactWriteItemsResponse response =
        client.transactWriteItems(
            request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build());
    reported.add(
        response.consumedCapacity().stream().mapToDouble(ConsumedCapacity::capacityUnits).sum());
    return response;
  }

  /** The units of a plain put of the same item in a table of the same kind. */
  private double weigh(DynamoDbClient client, TransactWriteItem item) {
    boolean state = item.put().tableName().equals(tables.dialogStates());
    return client
        .putItem(
            put ->
                put.tableName(state ? scales.dialogStates() : scales.eventBatches())
                    .item(item.put().item())
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  /** What is reported of two items of no size. */
  private double smallestTransaction() {
    var phone = Attributes.text("+12025550101");
    var state = Put.builder().tableName(scales.dialogStates());
    var batch = Put.builder().tableName(scales.eventBatches());
    return TestDynamo.client()
        .transactWriteItems(
            write ->
                write
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .transactItems(
                        TransactWriteItem.builder()
                            .put(state.item(Map.of(DialogStateItems.PHONE, phone)).build())
                            .build(),
                        TransactWriteItem.builder()
                            .put(
                                batch
                                    .item(
                                        Map.of(
                                            EventBatchItems.PHONE,
                                            phone,
                                            EventBatchItems.VERSION,
                                            Attributes.number(1)))
                                    .build())
                            .build()))
        .consumedCapacity()
        .stream()
        .mapToDouble(ConsumedCapacity::capacityUnits)
        .sum();
  }

  /** As DynamoDB counts: names and texts in UTF-8, a number about a byte for two digits and one. */
  private static int size(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(entry -> bytes(entry.getKey()) + size(entry.getValue()))
        .sum();
  }

  private static int size(AttributeValue value) {
    return value.type() == AttributeValue.Type.N
        ? (value.n().length() + 1) / 2 + 1
        : bytes(value.s());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}

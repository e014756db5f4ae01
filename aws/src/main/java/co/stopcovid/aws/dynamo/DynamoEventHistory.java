package co.stopcovid.aws.dynamo;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Event batches as {@link DynamoDialogStore} wrote them. */
public final class DynamoEventHistory implements EventHistory {
  private static final int LARGEST_PAGE = 1_000;

  private final DynamoDbClient client;
  private final Tables tables;
  private final EventBatchItems items;
  private final Retry retry;

  public DynamoEventHistory(DynamoDbClient client, Tables tables, DrillVersions drillVersions) {
    this(client, tables, drillVersions, Pause.SLEEP);
  }

  public DynamoEventHistory(
      DynamoDbClient client, Tables tables, DrillVersions drillVersions, Pause pause) {
    this.client = client;
    this.tables = tables;
    this.items = new EventBatchItems(drillVersions);
    this.retry = new Retry(pause);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when they cannot be read now
   */
  @Override
  public List<EventBatch> after(PhoneNumber phone, long version, int limit) {
    List<EventBatch> batches = new ArrayList<>();
    Map<String, AttributeValue> last = Map.of();
    while (batches.size() < limit) {
      QueryRequest.Builder query =
          QueryRequest.builder()
              .tableName(tables.eventBatches())
              .consistentRead(true)
              .keyConditionExpression("phone_number = :phone and version > :version")
              .expressionAttributeValues(
                  Map.of(
                      ":phone", Attributes.text(phone.value()),
                      ":version", Attributes.number(version)))
              .limit(Math.min(limit - batches.size(), LARGEST_PAGE));
      QueryRequest request = last.isEmpty() ? query.build() : query.exclusiveStartKey(last).build();
      QueryResponse page =
          retry.call("Query " + tables.eventBatches(), () -> client.query(request));
      page.items().forEach(item -> batches.add(items.read(item)));
      last = page.lastEvaluatedKey();
      if (last.isEmpty()) {
        break;
      }
    }
    return batches;
  }
}

package co.stopcovid.aws.dynamo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * What is due in an index whose items are spread over several partitions, the earliest first. Each
 * partition is read page by page, and no further than is taken from it. An index may be a little
 * behind its table: what is taken has to be checked there.
 */
final class DueItems {
  private final DynamoDbClient client;
  private final Retry retry;
  private final TableSchema schema;
  private final TableSchema.Index index;
  private final long now;
  private final int pageSize;
  private final PriorityQueue<Shard> shards;

  /**
   * @param now items are due whose sort key is not above it
   * @param shards partition keys are 0 to below this
   * @param limit how many will be taken, roughly
   */
  DueItems(
      DynamoDbClient client, Retry retry, TableSchema schema, long now, int shards, int limit) {
    this.client = client;
    this.retry = retry;
    this.schema = schema;
    this.index = schema.requiredIndex();
    this.now = now;
    this.pageSize = Math.clamp(2L * limit / shards, 4, 1_000);
    List<Shard> all = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      all.add(new Shard(i));
    }
    Parallel.forEach(all, Shard::fill);
    this.shards = new PriorityQueue<>(Comparator.comparingLong(Shard::first));
    all.stream().filter(Shard::isOpen).forEach(this.shards::add);
  }

  /** The next items, at most so many; fewer only when no more are due. */
  List<Map<String, AttributeValue>> take(int most) {
    List<Map<String, AttributeValue>> taken = new ArrayList<>();
    while (taken.size() < most && !shards.isEmpty()) {
      Shard earliest = shards.remove();
      taken.add(earliest.items.removeFirst());
      earliest.fill();
      if (earliest.isOpen()) {
        shards.add(earliest);
      }
    }
    return taken;
  }

  private final class Shard {
    private final int number;
    private final Deque<Map<String, AttributeValue>> items = new ArrayDeque<>();
    private Map<String, AttributeValue> last = Map.of();
    private boolean readToTheEnd;

    Shard(int number) {
      this.number = number;
    }

    boolean isOpen() {
      return !items.isEmpty();
    }

    long first() {
      return Attributes.number(items.getFirst(), index.sortKey().name());
    }

    /** Reads on when all that was read is taken. */
    void fill() {
      while (items.isEmpty() && !readToTheEnd) {
        QueryRequest.Builder query =
            QueryRequest.builder()
                .tableName(schema.name())
                .indexName(index.name())
                .keyConditionExpression("#shard = :shard and #time <= :now")
                .expressionAttributeNames(
                    Map.of("#shard", index.partitionKey().name(), "#time", index.sortKey().name()))
                .expressionAttributeValues(
                    Map.of(
                        ":shard", Attributes.number(number),
                        ":now", Attributes.number(now)))
                .limit(pageSize);
        QueryRequest request =
            last.isEmpty() ? query.build() : query.exclusiveStartKey(last).build();
        QueryResponse page = retry.call("Query " + schema.name(), () -> client.query(request));
        items.addAll(page.items());
        last = page.lastEvaluatedKey();
        readToTheEnd = last.isEmpty();
      }
    }
  }
}

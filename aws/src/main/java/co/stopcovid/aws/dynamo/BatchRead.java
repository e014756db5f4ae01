package co.stopcovid.aws.dynamo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads many items of one table by their keys, as they are at the moment. */
final class BatchRead {
  private static final int MOST_KEYS = 100;

  private final DynamoDbClient client;
  private final Retry retry;

  BatchRead(DynamoDbClient client, Retry retry) {
    this.client = client;
    this.retry = retry;
  }

  /**
   * The items that are there, in no order.
   *
   * @param attribute of the key
   * @param values all different
   * @throws DynamoUnavailableException when some cannot be had, however often they are asked for
   */
  <T> Collection<Map<String, AttributeValue>> items(
      String table, String attribute, Collection<T> values, Function<T, String> text) {
    List<List<Map<String, AttributeValue>>> pages = new ArrayList<>();
    List<Map<String, AttributeValue>> page = new ArrayList<>();
    for (T value : values) {
      if (page.isEmpty()) {
        pages.add(page);
      }
      page.add(Map.of(attribute, Attributes.text(text.apply(value))));
      if (page.size() == MOST_KEYS) {
        page = new ArrayList<>();
      }
    }
    Collection<Map<String, AttributeValue>> found = new ConcurrentLinkedQueue<>();
    Parallel.forEach(pages, keys -> readAll(table, keys, found));
    return found;
  }

  private void readAll(
      String table,
      List<Map<String, AttributeValue>> keys,
      Collection<Map<String, AttributeValue>> found) {
    Map<String, KeysAndAttributes> open =
        Map.of(table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
    int fruitless = 0;
    while (true) {
      var request = BatchGetItemRequest.builder().requestItems(open).build();
      BatchGetItemResponse response =
          retry.call("BatchGetItem " + table, () -> client.batchGetItem(request));
      List<Map<String, AttributeValue>> items = response.responses().getOrDefault(table, List.of());
      found.addAll(items);
      open = response.unprocessedKeys();
      if (open.isEmpty()) {
        return;
      }
      fruitless = items.isEmpty() ? fruitless + 1 : 1;
      if (fruitless >= Retry.MOST_ATTEMPTS) {
        throw new DynamoUnavailableException(
            "BatchGetItem " + table, fruitless, "keys are left unprocessed");
      }
      retry.pauseAfter(fruitless);
    }
  }
}

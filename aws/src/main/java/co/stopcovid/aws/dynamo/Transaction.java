package co.stopcovid.aws.dynamo;

import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes several items or none. */
final class Transaction {
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final DynamoDbClient client;
  private final Retry retry;
  private final String operation;

  /**
   * @param table the one that it is about, for errors
   */
  Transaction(DynamoDbClient client, Retry retry, String table) {
    this.client = client;
    this.retry = retry;
    this.operation = "TransactWriteItems " + table;
  }

  /**
   * Writes all of it.
   *
   * @return false when a condition did not hold; nothing was written then
   * @throws DynamoUnavailableException when it cannot be written now
   */
  boolean write(List<TransactWriteItem> items) {
    // A name for this one call, so that asking again after a lost answer is not a conflict with
    // itself. It must not derive from the items: whoever else writes the same has a conflict.
    String token = UUID.randomUUID().toString();
    var request =
        TransactWriteItemsRequest.builder().transactItems(items).clientRequestToken(token).build();
    try {
      retry.call(operation, () -> client.transactWriteItems(request));
      return true;
    } catch (TransactionCanceledException e) {
      if (e.cancellationReasons().stream()
          .map(CancellationReason::code)
          .anyMatch(CONDITION_FAILED::equals)) {
        return false;
      }
      throw e;
    }
  }
}

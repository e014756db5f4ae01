package co.stopcovid.aws.local;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * DynamoDB as it is on a bad day. A fault that cannot happen to an operation becomes one that can.
 */
public final class FaultyDynamo {
  private final DynamoDbClient sound;
  private final Function<String, Optional<DynamoFault>> faults;
  private final Map<DynamoFault, Integer> happened = new ConcurrentHashMap<>();

  /**
   * @param faults says what goes wrong with the next call of an operation, such as {@code putItem}
   */
  public FaultyDynamo(DynamoDbClient sound, Function<String, Optional<DynamoFault>> faults) {
    this.sound = sound;
    this.faults = faults;
  }

  public DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            FaultyDynamo.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> invoke(method, arguments));
  }

  /** How often each fault happened. */
  public Map<DynamoFault, Integer> happened() {
    return happened;
  }

  private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
    if (arguments == null) {
      return pass(method, null);
    }
    Optional<DynamoFault> next = faults.apply(method.getName());
    if (next.isEmpty()) {
      return pass(method, arguments);
    }
    DynamoFault fault =
        isPossible(next.get(), method.getName()) ? next.get() : DynamoFault.THROTTLED;
    happened.merge(fault, 1, Integer::sum);
    return switch (fault) {
      case TRANSACTION_CONFLICT -> throw conflict(arguments[0]);
      case TRANSACTION_IN_PROGRESS -> throw TransactionInProgressException.builder().build();
      case PROVISIONED_THROUGHPUT_EXCEEDED ->
          throw ProvisionedThroughputExceededException.builder().build();
      case THROTTLED -> throw ThrottlingException.builder().build();
      case SERVER_ERROR -> throw InternalServerErrorException.builder().statusCode(500).build();
      case TIMEOUT_BEFORE -> throw ApiCallTimeoutException.create(1_000);
      case TIMEOUT_AFTER -> {
        pass(method, arguments);
        throw ApiCallTimeoutException.create(1_000);
      }
      case SOME_UNPROCESSED -> partly((BatchGetItemRequest) arguments[0], 1);
      case ALL_UNPROCESSED -> partly((BatchGetItemRequest) arguments[0], 0);
    };
  }

  private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(sound, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** What can go wrong with an operation, such as {@code putItem}. */
  public static List<DynamoFault> possible(String operation) {
    return Arrays.stream(DynamoFault.values())
        .filter(fault -> isPossible(fault, operation))
        .toList();
  }

  private static boolean isPossible(DynamoFault fault, String operation) {
    return switch (fault) {
      case TRANSACTION_CONFLICT ->
          List.of("transactWriteItems", "putItem", "updateItem").contains(operation);
      case TRANSACTION_IN_PROGRESS -> operation.equals("transactWriteItems");
      case SOME_UNPROCESSED, ALL_UNPROCESSED -> operation.equals("batchGetItem");
      default -> true;
    };
  }

  private static RuntimeException conflict(Object request) {
    if (request instanceof TransactWriteItemsRequest transaction) {
      List<CancellationReason> reasons =
          transaction.transactItems().stream()
              .map(
                  item ->
                      CancellationReason.builder()
                          .code(
                              item.equals(transaction.transactItems().getFirst())
                                  ? "TransactionConflict"
                                  : "None")
                          .build())
              .toList();
      return TransactionCanceledException.builder().cancellationReasons(reasons).build();
    }
    return TransactionConflictException.builder().build();
  }

  /** Reads so many keys of each table, and leaves the others. */
  private BatchGetItemResponse partly(BatchGetItemRequest request, int most) {
    Map<String, KeysAndAttributes> read = new ConcurrentHashMap<>();
    Map<String, KeysAndAttributes> left = new ConcurrentHashMap<>();
    request
        .requestItems()
        .forEach(
            (table, keys) -> {
              List<Map<String, AttributeValue>> all = keys.keys();
              int count = Math.min(most, all.size());
              if (count > 0) {
                read.put(table, keys.toBuilder().keys(all.subList(0, count)).build());
              }
              if (count < all.size()) {
                left.put(table, keys.toBuilder().keys(all.subList(count, all.size())).build());
              }
            });
    if (read.isEmpty()) {
      return BatchGetItemResponse.builder().responses(Map.of()).unprocessedKeys(left).build();
    }
    return sound.batchGetItem(request.toBuilder().requestItems(read).build()).toBuilder()
        .unprocessedKeys(left)
        .build();
  }
}

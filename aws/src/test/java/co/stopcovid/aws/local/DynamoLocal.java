package co.stopcovid.aws.local;

import co.stopcovid.aws.dynamo.TableSchema;
import co.stopcovid.aws.dynamo.TableSchema.Index;
import co.stopcovid.aws.dynamo.Tables;
import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * DynamoDB in memory, in this process and without a port, streams included. It has no conflicts of
 * transactions, does not throttle, and deletes nothing by its expiry.
 */
public final class DynamoLocal implements AutoCloseable {
  private static final Set<String> WRITES =
      Set.of("putItem", "updateItem", "deleteItem", "transactWriteItems");

  private final AmazonDynamoDBLocal embedded = DynamoDBEmbedded.create(true);
  private final Lock writing = new ReentrantLock();
  private final DynamoDbClient client = oneWriteAtATime(embedded.dynamoDbClient());

  /** Valid until this is closed, which closes it. */
  public DynamoDbClient client() {
    return client;
  }

  /**
   * DynamoDB Local fills the exceptions of all threads into the same few builders, so that one may
   * get what another's condition failed on. It writes one item at a time anyway.
   */
  private DynamoDbClient oneWriteAtATime(DynamoDbClient local) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoLocal.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              boolean write = WRITES.contains(method.getName());
              if (write) {
                writing.lock();
              }
              try {
                return method.invoke(local, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              } finally {
                if (write) {
                  writing.unlock();
                }
              }
            });
  }

  public DynamoDbStreamsClient streams() {
    return embedded.dynamoDbStreamsClient();
  }

  /** Creates the tables of a stage, empty. */
  public Tables create(String stage) {
    Tables tables = Tables.of(stage);
    tables.schemas().forEach(schema -> client().createTable(request(schema)));
    return tables;
  }

  /** What creates a table. */
  public static CreateTableRequest request(TableSchema schema) {
    Set<TableSchema.Key> keys = new LinkedHashSet<>();
    keys.add(schema.partitionKey());
    schema.sort().ifPresent(keys::add);
    var request =
        CreateTableRequest.builder()
            .tableName(schema.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(elements(List.copyOf(keys)));
    Index index = schema.index();
    if (index != null) {
      request.globalSecondaryIndexes(
          GlobalSecondaryIndex.builder()
              .indexName(index.name())
              .keySchema(elements(List.of(index.partitionKey(), index.sortKey())))
              .projection(projection -> projection.projectionType(ProjectionType.ALL))
              .build());
      keys.add(index.partitionKey());
      keys.add(index.sortKey());
    }
    if (schema.stream()) {
      request.streamSpecification(
          stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE));
    }
    return request
        .attributeDefinitions(keys.stream().map(DynamoLocal::definition).toList())
        .build();
  }

  private static List<KeySchemaElement> elements(List<TableSchema.Key> keys) {
    return keys.stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(key.name())
                    .keyType(key.equals(keys.getFirst()) ? KeyType.HASH : KeyType.RANGE)
                    .build())
        .toList();
  }

  private static AttributeDefinition definition(TableSchema.Key key) {
    return AttributeDefinition.builder()
        .attributeName(key.name())
        .attributeType(
            switch (key.type()) {
              case TEXT -> ScalarAttributeType.S;
              case NUMBER -> ScalarAttributeType.N;
            })
        .build();
  }

  @Override
  public void close() {
    embedded.shutdownNow();
  }
}

package co.stopcovid.aws.dynamo;

import co.stopcovid.aws.kinesis.CommandKeys;
import co.stopcovid.common.SequenceNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Idempotency keys in DynamoDB, an item each. A claim that has expired counts for nothing, whether
 * or not DynamoDB has deleted it yet.
 */
public final class DynamoCommandKeys implements CommandKeys {
  static final String KEY = "key";
  static final String SEQ = "seq";
  static final String EXPIRES = "expires";

  private final DynamoDbClient client;
  private final Tables tables;
  private final InstantSource clock;
  private final Duration keep;
  private final Retry retry;
  private final BatchRead batchRead;

  /**
   * @param keep how long a claim counts: longer than a command can stay in the stream, in whole
   *     seconds
   */
  public DynamoCommandKeys(
      DynamoDbClient client, Tables tables, InstantSource clock, Duration keep) {
    this(client, tables, clock, keep, Pause.SLEEP);
  }

  public DynamoCommandKeys(
      DynamoDbClient client, Tables tables, InstantSource clock, Duration keep, Pause pause) {
    this.client = client;
    this.tables = tables;
    this.clock = clock;
    this.keep = keep;
    this.retry = new Retry(pause);
    this.batchRead = new BatchRead(client, retry);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when not all can be read now
   */
  @Override
  public Map<String, SequenceNumber> find(Set<String> keys) {
    long now = clock.instant().getEpochSecond();
    Map<String, SequenceNumber> holders = new HashMap<>();
    for (Map<String, AttributeValue> item :
        batchRead.items(tables.commandKeys(), KEY, keys, key -> key)) {
      if (Attributes.number(item, EXPIRES) > now) {
        holders.put(Attributes.text(item, KEY), holder(item));
      }
    }
    return holders;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when not all can be written now; some may have been
   */
  @Override
  public Map<String, SequenceNumber> claim(Map<String, SequenceNumber> numbers) {
    Instant now = clock.instant();
    Map<String, SequenceNumber> holders = new ConcurrentHashMap<>();
    Parallel.forEach(
        numbers.entrySet(),
        claim -> holders.put(claim.getKey(), claim(claim.getKey(), claim.getValue(), now)));
    return holders;
  }

  private SequenceNumber claim(String key, SequenceNumber number, Instant now) {
    var request =
        PutItemRequest.builder()
            .tableName(tables.commandKeys())
            .item(
                Map.of(
                    KEY, Attributes.text(key),
                    SEQ, Attributes.text(number.toString()),
                    EXPIRES, Attributes.number(now.plus(keep).getEpochSecond())))
            .conditionExpression("attribute_not_exists(seq) or expires <= :now or seq = :own")
            .expressionAttributeValues(
                Map.of(
                    ":now", Attributes.number(now.getEpochSecond()),
                    ":own", Attributes.text(number.toString())))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    try {
      retry.call("PutItem " + tables.commandKeys(), () -> client.putItem(request));
      return number;
    } catch (ConditionalCheckFailedException e) {
      return holder(e.item());
    }
  }

  private static SequenceNumber holder(Map<String, AttributeValue> item) {
    try {
      return SequenceNumber.parse(Attributes.text(item, SEQ));
    } catch (IllegalArgumentException e) {
      throw new MalformedItemException(SEQ + " must be a sequence number", e);
    }
  }
}

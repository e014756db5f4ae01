package co.stopcovid.aws.dynamo;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.running.WaitingLearner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Commands that may succeed later, in DynamoDB: one item a learner, so that only he waits. */
public final class DynamoWaitingCommands implements WaitingCommands {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoWaitingCommands.class);

  private final DynamoDbClient client;
  private final TableSchema schema;
  private final InstantSource clock;
  private final Retry retry;
  private final BatchRead batchRead;

  public DynamoWaitingCommands(DynamoDbClient client, Tables tables, InstantSource clock) {
    this(client, tables, clock, Pause.SLEEP);
  }

  public DynamoWaitingCommands(
      DynamoDbClient client, Tables tables, InstantSource clock, Pause pause) {
    this.client = client;
    this.schema = TableSchema.waitingCommands(tables);
    this.clock = clock;
    this.retry = new Retry(pause);
    this.batchRead = new BatchRead(client, retry);
  }

  /**
   * What waits for these learners, {@link WaitingLearner#isEmpty} for most. A learner whose item
   * cannot be read is left out, so that the others can go on.
   *
   * @throws DynamoUnavailableException when not all can be read now
   */
  @Override
  public Map<PhoneNumber, WaitingLearner> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, WaitingLearner> found = HashMap.newHashMap(phones.size());
    phones.forEach(phone -> found.put(phone, WaitingLearner.none(phone)));
    for (Map<String, AttributeValue> item :
        batchRead.items(schema.name(), WaitingCommandItems.PHONE, phones, PhoneNumber::value)) {
      var phone = new PhoneNumber(Attributes.text(item, WaitingCommandItems.PHONE));
      try {
        found.put(phone, WaitingCommandItems.read(item));
      } catch (MalformedItemException e) {
        LOG.error("waiting commands cannot be read: phone={} reason={}", phone, e.getMessage());
        found.remove(phone);
      }
    }
    return found;
  }

  /**
   * @throws DynamoUnavailableException when not all can be written now
   */
  @Override
  public Set<PhoneNumber> put(Collection<WaitingLearner> learners) {
    Set<PhoneNumber> conflicts = new HashSet<>();
    for (WaitingLearner learner : learners) {
      if (!put(learner)) {
        conflicts.add(learner.phone());
      }
    }
    return conflicts;
  }

  private boolean put(WaitingLearner waiting) {
    Map<String, AttributeValue> item =
        WaitingCommandItems.write(waiting, waiting.version() + 1, clock.instant());
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(schema.name())
            .item(item)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    PutItemRequest request =
        waiting.version() == 0
            ? put.conditionExpression("attribute_not_exists(phone_number)").build()
            : put.conditionExpression("version = :expected")
                .expressionAttributeValues(
                    Map.of(":expected", Attributes.number(waiting.version())))
                .build();
    try {
      retry.call("PutItem " + schema.name(), () -> client.putItem(request));
      return true;
    } catch (ConditionalCheckFailedException e) {
      // It was this call whose answer was lost; or someone did the very same, which is as good.
      return item.equals(e.item());
    }
  }

  /**
   * Learners whose commands are due, roughly the earliest first. A learner of whom somebody wrote a
   * moment ago may be missing, or be here though his commands are not due.
   *
   * @return at most limit, and what waits for each
   * @throws DynamoUnavailableException when they cannot be read now
   */
  @Override
  public List<WaitingLearner> due(Instant now, int limit) {
    var index =
        new DueItems(client, retry, schema, now.toEpochMilli(), WaitingCommandItems.SHARDS, limit);
    Set<PhoneNumber> phones = new LinkedHashSet<>();
    for (Map<String, AttributeValue> item : index.take(limit)) {
      phones.add(new PhoneNumber(Attributes.text(item, WaitingCommandItems.PHONE)));
    }
    Map<PhoneNumber, WaitingLearner> loaded = load(phones);
    List<WaitingLearner> due = new ArrayList<>();
    for (PhoneNumber phone : phones) {
      WaitingLearner waiting = loaded.get(phone);
      if (waiting != null && !waiting.isEmpty() && waiting.isDue(now)) {
        due.add(waiting);
      }
    }
    return due;
  }
}

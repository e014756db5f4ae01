package co.stopcovid.aws.dynamo;

import co.stopcovid.progress.DrillSchedule;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.ScheduledDrill;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The schedule in DynamoDB. A drill is claimed by moving the time from which it can be claimed, on
 * condition that nobody moved it meanwhile. Deletion by expiry only cleans up.
 */
public final class DynamoDrillSchedule implements DrillSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDrillSchedule.class);

  private final DynamoDbClient client;
  private final TableSchema schema;
  private final Retry retry;

  public DynamoDrillSchedule(DynamoDbClient client, Tables tables) {
    this(client, tables, Pause.SLEEP);
  }

  public DynamoDrillSchedule(DynamoDbClient client, Tables tables, Pause pause) {
    this.client = client;
    this.schema = TableSchema.drillSchedule(tables);
    this.retry = new Retry(pause);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when not all can be written now; some may have been
   */
  @Override
  public int add(Collection<ScheduledDrill> drills) {
    Map<LearnerId, ScheduledDrill> byLearner = new LinkedHashMap<>();
    drills.forEach(drill -> byLearner.putIfAbsent(drill.learner(), drill));
    var added = new AtomicInteger();
    String writer = newWriter();
    Parallel.forEach(
        byLearner.values(),
        drill -> {
          if (add(drill, writer)) {
            added.incrementAndGet();
          }
        });
    return added.get();
  }

  /** A name for one call, by which it knows what it wrote itself when an answer was lost. */
  private static String newWriter() {
    return UUID.randomUUID().toString();
  }

  private boolean add(ScheduledDrill drill, String writer) {
    var request =
        PutItemRequest.builder()
            .tableName(schema.name())
            .item(DrillScheduleItems.write(drill, writer))
            .conditionExpression(
                """
                attribute_not_exists(learner) or (epoch_day < :day
                  and (attribute_not_exists(claimable_time) or window_end <= :due))
                """)
            .expressionAttributeValues(
                Map.of(
                    ":day", Attributes.number(drill.day().toEpochDay()),
                    ":due", Attributes.number(DrillScheduleItems.micros(drill.due()))))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return isDone("PutItem ", writer, () -> client.putItem(request));
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when DynamoDB fails; what was claimed until then comes back
   *     when the lease is over
   */
  @Override
  public List<ScheduledDrill> claim(Instant now, Duration lease, int limit) {
    var due =
        new DueItems(
            client,
            retry,
            schema,
            DrillScheduleItems.micros(now),
            DrillScheduleItems.SHARDS,
            limit);
    String writer = newWriter();
    Collection<ScheduledDrill> claimed = new ConcurrentLinkedQueue<>();
    for (int missing = limit; missing > 0; missing = limit - claimed.size()) {
      List<Map<String, AttributeValue>> seen = due.take(missing);
      if (seen.isEmpty()) {
        break;
      }
      Parallel.forEach(seen, item -> claim(item, now.plus(lease), writer).ifPresent(claimed::add));
    }
    return claimed.stream()
        .sorted(Comparator.comparing(ScheduledDrill::due).thenComparing(ScheduledDrill::learner))
        .toList();
  }

  /** The drill, unless someone else has it or it cannot be read. */
  private Optional<ScheduledDrill> claim(
      Map<String, AttributeValue> seen, Instant until, String writer) {
    ScheduledDrill drill;
    try {
      drill = DrillScheduleItems.read(seen);
    } catch (MalformedItemException e) {
      LOG.error(
          "scheduled drill cannot be read: learner={} reason={}",
          Attributes.text(seen, DrillScheduleItems.LEARNER),
          e.getMessage());
      return Optional.empty();
    }
    var request =
        UpdateItemRequest.builder()
            .tableName(schema.name())
            .key(key(drill))
            .conditionExpression("epoch_day = :day and claimable_time = :seen")
            .updateExpression("set claimable_time = :until, writer = :writer")
            .expressionAttributeValues(
                Map.of(
                    ":day", Attributes.number(drill.day().toEpochDay()),
                    ":seen",
                        Attributes.number(Attributes.number(seen, DrillScheduleItems.CLAIMABLE)),
                    ":until", Attributes.number(DrillScheduleItems.micros(until)),
                    ":writer", Attributes.text(writer)))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return isDone("UpdateItem ", writer, () -> client.updateItem(request))
        ? Optional.of(drill)
        : Optional.empty();
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when not all can be written now; some may have been
   */
  @Override
  public void putOff(Collection<ScheduledDrill> drills) {
    String writer = newWriter();
    Parallel.forEach(drills, drill -> putOff(drill, writer));
  }

  private void putOff(ScheduledDrill drill, String writer) {
    var request =
        PutItemRequest.builder()
            .tableName(schema.name())
            .item(DrillScheduleItems.write(drill, writer))
            .conditionExpression("epoch_day <= :day and attribute_exists(claimable_time)")
            .expressionAttributeValues(Map.of(":day", Attributes.number(drill.day().toEpochDay())))
            .build();
    try {
      retry.run("PutItem " + schema.name(), () -> client.putItem(request));
    } catch (ConditionalCheckFailedException e) {
      LOG.debug("settled or rescheduled, and not put off: learner={}", drill.learner());
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when not all can be written now; some may have been
   */
  @Override
  public void settle(Collection<ScheduledDrill> drills) {
    Parallel.forEach(drills, this::settle);
  }

  private void settle(ScheduledDrill drill) {
    var request =
        UpdateItemRequest.builder()
            .tableName(schema.name())
            .key(key(drill))
            .conditionExpression("epoch_day = :day")
            .updateExpression("remove claimable_time, due_shard")
            .expressionAttributeValues(Map.of(":day", Attributes.number(drill.day().toEpochDay())))
            .build();
    try {
      retry.run("UpdateItem " + schema.name(), () -> client.updateItem(request));
    } catch (ConditionalCheckFailedException e) {
      LOG.debug("rescheduled or gone, and not settled: learner={}", drill.learner());
    }
  }

  /** Whether the condition of the write held, if only before its answer was lost. */
  private boolean isDone(String operation, String writer, Runnable write) {
    try {
      retry.run(operation + schema.name(), write);
      return true;
    } catch (ConditionalCheckFailedException e) {
      AttributeValue last = e.item().get(DrillScheduleItems.WRITER);
      return last != null && writer.equals(last.s());
    }
  }

  private static Map<String, AttributeValue> key(ScheduledDrill drill) {
    return Map.of(DrillScheduleItems.LEARNER, DrillScheduleItems.key(drill.learner()));
  }
}

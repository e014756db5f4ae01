package co.stopcovid.aws.dynamo;

import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.ScheduledDrill;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Scheduled drills as items: one a learner, used again each day. What can be claimed stands in an
 * index of {@value #SHARDS} partitions by the time from which it can; what is settled does not.
 * Times are microseconds since 1970.
 */
final class DrillScheduleItems {
  static final String LEARNER = "learner";
  static final String DAY = "epoch_day";
  static final String DRILL = "drill_slug";
  static final String DUE = "due_time";
  static final String WINDOW_END = "window_end";
  static final String CLAIMABLE = "claimable_time";
  static final String SHARD = "due_shard";
  static final String WRITER = "writer";
  static final String EXPIRES = "expires";
  static final String DUE_INDEX = "due";

  /**
   * A partition takes 1,000 writes a second: this many take a million learners within a minute, and
   * cost as many small queries each time someone looks.
   */
  static final int SHARDS = 16;

  /**
   * The day of a settled drill has to be known until no scheduler can run for that day any more.
   */
  private static final Duration KEEP = Duration.ofDays(7);

  private DrillScheduleItems() {}

  static Map<String, AttributeValue> write(ScheduledDrill drill, String writer) {
    UUID learner = drill.learner().value();
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(LEARNER, key(drill.learner()));
    item.put(DAY, Attributes.number(drill.day().toEpochDay()));
    item.put(DRILL, Attributes.text(drill.drill().value()));
    item.put(DUE, Attributes.number(micros(drill.due())));
    item.put(WINDOW_END, Attributes.number(micros(drill.windowEnd())));
    item.put(CLAIMABLE, Attributes.number(micros(drill.due())));
    item.put(SHARD, Attributes.number(Math.floorMod(learner.getLeastSignificantBits(), SHARDS)));
    item.put(EXPIRES, Attributes.number(drill.windowEnd().plus(KEEP).getEpochSecond()));
    item.put(WRITER, Attributes.text(writer));
    return item;
  }

  static AttributeValue key(LearnerId learner) {
    return Attributes.text(learner.toString());
  }

  /**
   * The drill in an item.
   *
   * @throws MalformedItemException when it has not the form of one
   */
  static ScheduledDrill read(Map<String, AttributeValue> item) {
    try {
      return new ScheduledDrill(
          new LearnerId(UUID.fromString(Attributes.text(item, LEARNER))),
          LocalDate.ofEpochDay(Attributes.number(item, DAY)),
          new DrillSlug(Attributes.text(item, DRILL)),
          time(Attributes.number(item, DUE)),
          time(Attributes.number(item, WINDOW_END)));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new MalformedItemException("no scheduled drill: " + e.getMessage(), e);
    }
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}

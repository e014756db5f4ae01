package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryProgressStore;
import co.stopcovid.progress.DrillSchedule;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.ScheduledDrill;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.DrillScheduleContract;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The schedule in DynamoDB; the rest of progress, which is in Aurora, is in memory here. */
class DynamoDrillScheduleTest extends DrillScheduleContract {
  /** Where something may go wrong. */
  protected DynamoDbClient client() {
    return TestDynamo.client();
  }

  private final InMemoryProgressStore progress = new InMemoryProgressStore();
  private final Tables tables = TestDynamo.newTables();

  @Override
  protected Adapters empty() {
    return second();
  }

  @Override
  protected Adapters second() {
    return new Adapters(
        progress,
        progress,
        new DynamoDrillSchedule(client(), tables, TestDynamo.NO_PAUSE),
        progress,
        progress);
  }

  /** A day that no calendar has. */
  @Override
  protected boolean makeUnreadable(LearnerId learner) {
    TestDynamo.client()
        .updateItem(
            update ->
                update
                    .tableName(tables.drillSchedule())
                    .key(Map.of(DrillScheduleItems.LEARNER, DrillScheduleItems.key(learner)))
                    .updateExpression("set #day = :broken")
                    .expressionAttributeNames(Map.of("#day", DrillScheduleItems.DAY))
                    .expressionAttributeValues(
                        Map.of(":broken", Attributes.number(Long.MAX_VALUE))));
    return true;
  }

  @Test
  void aDayOfManyLearnersIsClaimedInOrderAndOnce() {
    DrillSchedule schedule = new DynamoDrillSchedule(client(), tables, TestDynamo.NO_PAUSE);
    List<ScheduledDrill> drills = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      drills.add(
          new ScheduledDrill(
              LearnerId.of(Samples.newLearner()),
              LocalDate.parse("2026-11-22"),
              FIRST.slug(),
              NOON.plusSeconds(i),
              NOON.plus(HOUR)));
    }
    assertThat(schedule.add(drills.reversed())).isEqualTo(400);

    List<ScheduledDrill> claimed = new ArrayList<>();
    for (List<ScheduledDrill> page = schedule.claim(NOON.plus(HOUR), Duration.ofMinutes(5), 37);
        !page.isEmpty();
        page = schedule.claim(NOON.plus(HOUR), Duration.ofMinutes(5), 37)) {
      claimed.addAll(page);
    }
    assertThat(claimed).isEqualTo(drills);
  }
}

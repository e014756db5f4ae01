package co.stopcovid.adapters.postgres;

import co.stopcovid.progress.LearnerId;
import co.stopcovid.testkit.contract.DrillScheduleContract;
import org.junit.jupiter.api.AfterAll;

class PostgresDrillScheduleTest extends DrillScheduleContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @Override
  protected Adapters empty() {
    return PostgresProgress.empty(POSTGRES);
  }

  @Override
  protected Adapters second() {
    return PostgresProgress.adapters(POSTGRES.second());
  }

  @Override
  protected boolean makeUnreadable(LearnerId learner) {
    POSTGRES.execute(
        "update drill_schedule set drill_slug = '' where user_id = '%s'".formatted(learner));
    return true;
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

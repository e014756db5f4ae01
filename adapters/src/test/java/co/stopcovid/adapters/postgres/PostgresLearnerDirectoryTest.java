package co.stopcovid.adapters.postgres;

import co.stopcovid.testkit.contract.LearnerDirectoryContract;
import org.junit.jupiter.api.AfterAll;

class PostgresLearnerDirectoryTest extends LearnerDirectoryContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @Override
  protected Adapters empty() {
    return PostgresProgress.empty(POSTGRES);
  }

  @Override
  protected Adapters second() {
    return PostgresProgress.adapters(POSTGRES.second());
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.testkit.contract.ProgressPropertyContract;
import org.junit.jupiter.api.AfterAll;

class PostgresProgressPropertyTest extends ProgressPropertyContract {
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
  protected int seeds() {
    return 5;
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

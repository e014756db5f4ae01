package co.stopcovid.adapters.postgres;

import co.stopcovid.testkit.contract.ProgressPropertyContract;
import org.junit.jupiter.api.AfterAll;

/** A store that remembers, beside one of another process that does not. */
class RememberedProgressPropertyTest extends ProgressPropertyContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @Override
  protected Adapters empty() {
    return PostgresProgress.emptyRemembering(POSTGRES);
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

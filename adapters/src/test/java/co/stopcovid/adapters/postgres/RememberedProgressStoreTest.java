package co.stopcovid.adapters.postgres;

import co.stopcovid.testkit.contract.ProgressStoreContract;
import org.junit.jupiter.api.AfterAll;

/** A store that remembers, beside one of another process that does not. */
class RememberedProgressStoreTest extends ProgressStoreContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @Override
  protected Adapters empty() {
    return PostgresProgress.emptyRemembering(POSTGRES);
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

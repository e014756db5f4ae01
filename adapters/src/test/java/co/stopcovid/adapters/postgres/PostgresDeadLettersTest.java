package co.stopcovid.adapters.postgres;

import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.testkit.contract.DeadLettersContract;
import org.junit.jupiter.api.AfterAll;

class PostgresDeadLettersTest extends DeadLettersContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @AfterAll
  static void close() {
    POSTGRES.close();
  }

  @Override
  protected DeadLetters letters() {
    return new PostgresDeadLetters(POSTGRES.database);
  }
}

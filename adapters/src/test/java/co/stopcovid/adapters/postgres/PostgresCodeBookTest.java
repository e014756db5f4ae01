package co.stopcovid.adapters.postgres;

import co.stopcovid.dialog.CodeBook;
import co.stopcovid.testkit.contract.CodeBookContract;
import org.junit.jupiter.api.AfterAll;

class PostgresCodeBookTest extends CodeBookContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @Override
  protected CodeBook empty() {
    POSTGRES.execute("truncate registration_codes");
    return new PostgresRegistrationCodes(POSTGRES.database);
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.desk.AuditLog;
import co.stopcovid.testkit.contract.AuditLogContract;
import org.junit.jupiter.api.AfterAll;

class PostgresAuditLogTest extends AuditLogContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @AfterAll
  static void close() {
    POSTGRES.close();
  }

  @Override
  protected AuditLog log() {
    return new PostgresAuditLog(POSTGRES.database);
  }
}

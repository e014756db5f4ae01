package co.stopcovid.adapters.inmemory;

import co.stopcovid.desk.AuditLog;
import co.stopcovid.testkit.contract.AuditLogContract;

class InMemoryAuditLogTest extends AuditLogContract {
  private final InMemoryAuditLog log = new InMemoryAuditLog();

  @Override
  protected AuditLog log() {
    return log;
  }
}

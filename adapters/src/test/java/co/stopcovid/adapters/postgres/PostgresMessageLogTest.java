package co.stopcovid.adapters.postgres;

import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.testkit.contract.MessageLogContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

final class PostgresMessageLogTest extends MessageLogContract {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final Duration GAP = Duration.ofSeconds(3);

  @BeforeEach
  void clear() {
    POSTGRES.execute("truncate sms_cursors, outbound_messages, outbound_due, inbound_messages");
  }

  @Override
  protected MessageLog log() {
    return new PostgresMessageLog(POSTGRES.database);
  }

  @Override
  protected OutboundQueue queue() {
    return new PostgresOutboundQueue(POSTGRES.database, GAP);
  }

  @Override
  protected OutboundLedger ledger() {
    return new PostgresOutboundLedger(POSTGRES.database, Fence.NONE, GAP);
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

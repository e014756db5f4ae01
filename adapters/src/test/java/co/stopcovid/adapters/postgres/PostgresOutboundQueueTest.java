package co.stopcovid.adapters.postgres;

import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.testkit.contract.OutboundQueueContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

final class PostgresOutboundQueueTest extends OutboundQueueContract {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final Duration GAP = Duration.ofSeconds(3);

  @BeforeEach
  void clear() {
    POSTGRES.execute("truncate sms_cursors, outbound_messages, outbound_due");
  }

  @Override
  protected OutboundQueue queue() {
    return new PostgresOutboundQueue(POSTGRES.database, GAP);
  }

  @Override
  protected OutboundLedger ledger() {
    return new PostgresOutboundLedger(POSTGRES.database, Fence.NONE, GAP);
  }

  @Override
  protected OutboundQueue secondQueue() {
    return new PostgresOutboundQueue(POSTGRES.second(), GAP);
  }

  @Override
  protected OutboundLedger secondLedger() {
    return new PostgresOutboundLedger(POSTGRES.second(), Fence.NONE, GAP);
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

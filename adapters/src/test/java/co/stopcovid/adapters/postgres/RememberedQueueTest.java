package co.stopcovid.adapters.postgres;

import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.testkit.contract.OutboundQueueContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** Queue and ledger as one process uses them, which remembers what it wrote. */
final class RememberedQueueTest extends OutboundQueueContract {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final Duration GAP = Duration.ofSeconds(3);

  private final QueuedMessages queued = new QueuedMessages();
  private final OpenClaims claims = new OpenClaims();
  private final OutboundQueue queue =
      new RememberedCursors(
          new PostgresOutboundQueue(POSTGRES.database, GAP, queued, claims), POSTGRES.database);

  @BeforeEach
  void clear() {
    POSTGRES.execute("truncate sms_cursors, outbound_messages, outbound_due, outbound_claims");
  }

  @Override
  protected OutboundQueue queue() {
    return queue;
  }

  @Override
  protected OutboundLedger ledger() {
    return new PostgresOutboundLedger(POSTGRES.database, Fence.NONE, GAP, queued, claims);
  }

  @Override
  protected OutboundQueue secondQueue() {
    return queue;
  }

  @Override
  protected OutboundLedger secondLedger() {
    return ledger();
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

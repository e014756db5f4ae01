package co.stopcovid.adapters.postgres;

import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.testkit.contract.OutboundLedgerContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** The ledger of the process that holds the lease, beside one that takes in reports. */
final class RememberedLedgerTest extends OutboundLedgerContract {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final Duration GAP = Duration.ofSeconds(3);

  private final QueuedMessages queued = new QueuedMessages();
  private final OpenClaims claims = new OpenClaims();

  @BeforeEach
  void clear() {
    POSTGRES.execute("truncate sms_cursors, outbound_messages, outbound_due, outbound_claims");
  }

  @Override
  protected OutboundQueue queue() {
    return new PostgresOutboundQueue(POSTGRES.database, GAP, queued, claims);
  }

  @Override
  protected OutboundLedger ledger() {
    return new PostgresOutboundLedger(POSTGRES.database, Fence.NONE, GAP, queued, claims);
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

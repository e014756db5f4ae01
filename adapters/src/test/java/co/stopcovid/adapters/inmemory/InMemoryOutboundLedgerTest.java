package co.stopcovid.adapters.inmemory;

import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.testkit.contract.OutboundLedgerContract;
import java.time.Duration;

final class InMemoryOutboundLedgerTest extends OutboundLedgerContract {
  private final InMemoryOutbox outbox = new InMemoryOutbox(Duration.ofSeconds(3));

  @Override
  protected OutboundQueue queue() {
    return outbox;
  }

  @Override
  protected OutboundLedger ledger() {
    return outbox;
  }

  @Override
  protected OutboundLedger secondLedger() {
    return outbox;
  }
}

package co.stopcovid.adapters.inmemory;

import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.testkit.contract.MessageLogContract;
import java.time.Duration;

final class InMemoryMessageLogTest extends MessageLogContract {
  private final InMemoryOutbox outbox = new InMemoryOutbox(Duration.ofSeconds(3));

  private final InMemoryMessageLog log = new InMemoryMessageLog(outbox);

  @Override
  protected MessageLog log() {
    return log;
  }

  @Override
  protected OutboundQueue queue() {
    return outbox;
  }

  @Override
  protected OutboundLedger ledger() {
    return outbox;
  }
}

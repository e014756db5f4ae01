package co.stopcovid.adapters.sms;

import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import java.util.Collection;
import java.util.Set;

/** A ledger that is out of reach when told to be. */
final class BrokenLedger extends ForwardingLedger {
  static final class Outage extends RuntimeException {}

  private int writesLeft = Integer.MAX_VALUE;

  BrokenLedger(OutboundLedger ledger) {
    super(ledger);
  }

  void failAfterWrites(int writes) {
    writesLeft = writes;
  }

  void recover() {
    writesLeft = Integer.MAX_VALUE;
  }

  @Override
  public Set<OutboundId> write(Collection<LedgerEntry> entries) {
    if (writesLeft-- <= 0) {
      throw new Outage();
    }
    return super.write(entries);
  }
}

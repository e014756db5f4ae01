package co.stopcovid.adapters.sms;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ledger that is out of reach when told to be. */
final class BrokenLedger implements OutboundLedger {
  static final class Outage extends RuntimeException {}

  private final OutboundLedger ledger;
  private int writesLeft = Integer.MAX_VALUE;

  BrokenLedger(OutboundLedger ledger) {
    this.ledger = ledger;
  }

  void failAfterWrites(int writes) {
    writesLeft = writes;
  }

  void recover() {
    writesLeft = Integer.MAX_VALUE;
  }

  @Override
  public List<LedgerEntry> due(Instant now, int limit) {
    return ledger.due(now, limit);
  }

  @Override
  public Optional<Instant> nextDue() {
    return ledger.nextDue();
  }

  @Override
  public Set<OutboundId> write(Collection<LedgerEntry> entries) {
    if (writesLeft-- <= 0) {
      throw new Outage();
    }
    return ledger.write(entries);
  }

  @Override
  public List<LedgerEntry> find(Collection<OutboundId> ids) {
    return ledger.find(ids);
  }

  @Override
  public Optional<LedgerEntry> find(PhoneNumber phone, String sid) {
    return ledger.find(phone, sid);
  }

  @Override
  public Set<String> sids(PhoneNumber phone) {
    return ledger.sids(phone);
  }

  @Override
  public List<LedgerEntry> parked(@Nullable ParkedPlace after, int limit) {
    return ledger.parked(after, limit);
  }
}

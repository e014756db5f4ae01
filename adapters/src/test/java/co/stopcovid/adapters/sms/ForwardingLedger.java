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

/** Another ledger, but for what a test overrides. */
abstract class ForwardingLedger implements OutboundLedger {
  private final OutboundLedger ledger;

  ForwardingLedger(OutboundLedger ledger) {
    this.ledger = ledger;
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
  public void takeOver(long epoch, Instant now) {
    ledger.takeOver(epoch, now);
  }

  @Override
  public void countAnew(Instant now) {
    ledger.countAnew(now);
  }

  @Override
  public Set<OutboundId> write(Collection<LedgerEntry> entries) {
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

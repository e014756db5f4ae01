package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.testkit.contract.OutboundLedgerContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresOutboundLedgerTest extends OutboundLedgerContract {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final Duration GAP = Duration.ofSeconds(3);

  @BeforeEach
  void clear() {
    POSTGRES.execute("truncate sms_cursors, outbound_messages, outbound_due");
  }

  @Override
  protected OutboundQueue queue() {
    return new PostgresOutboundQueue(POSTGRES.database);
  }

  @Override
  protected OutboundLedger ledger() {
    return new PostgresOutboundLedger(POSTGRES.database, Fence.NONE, GAP);
  }

  @Override
  protected OutboundLedger secondLedger() {
    return new PostgresOutboundLedger(POSTGRES.second(), Fence.NONE, GAP);
  }

  @Test
  void whoLostTheLeaseWritesNothing() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)));
    Lease lost = Lease.take(POSTGRES.database, "sms", "first", Duration.ZERO).orElseThrow();
    Lease held = Lease.take(POSTGRES.database, "sms", "second", Duration.ofHours(1)).orElseThrow();
    LedgerEntry claimed =
        entry(ana, 1, 0, at(0)).after(new DeliveryEvent.Claimed(lost.epoch()), at(0), at(25));

    assertThatThrownBy(
            () -> new PostgresOutboundLedger(POSTGRES.database, lost, GAP).write(List.of(claimed)))
        .isInstanceOf(FencedOffException.class);
    assertThat(stored(ana, 1, 0)).isEqualTo(entry(ana, 1, 0, at(0)));
    assertThat(new PostgresOutboundLedger(POSTGRES.database, held, GAP).write(List.of(claimed)))
        .isEmpty();
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

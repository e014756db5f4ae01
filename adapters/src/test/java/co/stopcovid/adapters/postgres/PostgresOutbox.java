package co.stopcovid.adapters.postgres;

import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import java.time.Duration;
import java.time.Instant;

/**
 * Queue and ledger in a database of their own, as one process after another has them: each
 * remembers what it wrote and what it claimed.
 */
public final class PostgresOutbox implements AutoCloseable {
  private static final String OPEN =
      "select (select count(*) from outbound_due) + (select count(*) from outbound_claims)";

  private final TestDatabase postgres = new TestDatabase();
  private final Duration gap;
  private QueuedMessages queued = new QueuedMessages();
  private OpenClaims claims = new OpenClaims();

  public PostgresOutbox(Duration gap) {
    this.gap = gap;
  }

  /** Another process takes over. */
  public void restart() {
    queued = new QueuedMessages();
    claims = new OpenClaims();
    process().takeOver(0, Instant.EPOCH);
  }

  public OutboundQueue queue() {
    var queue = new PostgresOutboundQueue(postgres.database, gap, queued, claims);
    return new RememberedCursors(queue, postgres.database);
  }

  public OutboundLedger ledger() {
    return process();
  }

  private PostgresOutboundLedger process() {
    return new PostgresOutboundLedger(postgres.database, Fence.NONE, gap, queued, claims);
  }

  /** The ledger of those who only take in reports. */
  public OutboundLedger elsewhere() {
    return new PostgresOutboundLedger(postgres.second(), Fence.NONE, gap);
  }

  /** Does it all in one transaction, which is rolled back. */
  public void undone(Runnable work) {
    try {
      postgres.database.unit(
          Fence.NONE,
          () -> {
            work.run();
            throw new Undone();
          });
    } catch (Undone e) {
      // As it should be.
    }
  }

  private static final class Undone extends RuntimeException {}

  /** How many rows there are of what is still to be done. */
  public int open() {
    return postgres.database.read(handle -> handle.createQuery(OPEN).mapTo(Integer.class).one());
  }

  public void clear() {
    postgres.execute("truncate sms_cursors, outbound_messages, outbound_due, outbound_claims");
  }

  @Override
  public void close() {
    postgres.close();
  }
}

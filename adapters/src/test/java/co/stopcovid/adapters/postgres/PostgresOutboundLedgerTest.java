package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.OutboundLedgerContract;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresOutboundLedgerTest extends OutboundLedgerContract {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final Duration GAP = Duration.ofSeconds(3);
  private static final int LEARNERS = 300;

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
  protected OutboundLedger secondLedger() {
    return new PostgresOutboundLedger(POSTGRES.second(), Fence.NONE, GAP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zones = 'Mars/Olympus'", "state = 'SENDING', epoch = null"})
  void aMessageThatCannotBeReadStopsItsLearnerAlone(String damage) {
    LedgerEntry damaged = entry(ana, 1, 0, at(0));
    enqueue(ana, 1, damaged, entry(ana, 1, 1, at(0)));
    enqueue(ben, 1, entry(ben, 1, 0, at(1)));
    POSTGRES.execute(
        "update outbound_messages set %s where phone = '%s' and message_index = 0"
            .formatted(damage, ana.value()));

    for (int look = 0; look < 2; look++) {
      assertThat(ledger().due(at(5), 1 + look))
          .allSatisfy(entry -> assertThat(entry.id().phone()).isEqualTo(ben));
    }
    assertThat(ledger().due(at(5), 1)).hasSize(1);
    assertThat(new PostgresDeadLetters(POSTGRES.database).after(DeadLetter.SENDING, 0, 100))
        .extracting(stored -> stored.letter().payload())
        .containsOnlyOnce(ana.value());

    POSTGRES.execute(
        "update outbound_messages set zones = 'UTC', state = 'QUEUED' where phone = '%s'"
            .formatted(ana.value()));
    assertThat(ledger().due(at(700), 10)).hasSize(2);
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

  /** PostgreSQL takes a table for empty that was when it was vacuumed, and plans accordingly. */
  @Test
  void aQueueThatFillsUpIsNotWalkedOverForEachOfItsMessages() {
    List<PhoneNumber> learners = Samples.newLearners(LEARNERS);
    try (HikariDataSource connection = Connections.open(DatabaseUrl.parse(POSTGRES.url), 1)) {
      var database = new Database(connection);
      learners.forEach(phone -> enqueue(phone, 1, entry(phone, 1, 0, at(0))));
      database.once(handle -> handle.execute("delete from outbound_due"));
      database.once(handle -> handle.execute("vacuum analyze outbound_due"));
      learners.forEach(phone -> enqueue(phone, 2, entry(phone, 2, 0, at(0))));
      var ledger = new PostgresOutboundLedger(database, Fence.NONE, GAP);
      long before = entriesRead(database);

      List<LedgerEntry> claims = after(ledger.due(at(0), LEARNERS), new DeliveryEvent.Claimed(7));
      assertThat(claims).hasSize(LEARNERS);
      assertThat(ledger.write(claims)).isEmpty();
      List<LedgerEntry> claimed = claims.stream().map(LedgerEntry::written).toList();
      assertThat(ledger.write(after(claimed, new DeliveryEvent.Accepted("SM1")))).isEmpty();

      assertThat(ledger.nextDue()).isEmpty();
      assertThat(entriesRead(database) - before).isLessThan(20L * LEARNERS);
    }
  }

  private static List<LedgerEntry> after(List<LedgerEntry> entries, DeliveryEvent event) {
    return entries.stream().map(entry -> entry.after(event, at(0), at(25))).toList();
  }

  /** From the key of the queue, by its only connection. */
  private static long entriesRead(Database database) {
    database.once(handle -> handle.execute("select pg_stat_force_next_flush()"));
    String sql =
        "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'outbound_due_pkey'";
    return database.once(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final Duration LONG = Duration.ofHours(1);

  private final Database database = POSTGRES.database;
  private final String name = "lease " + UUID.randomUUID();

  @AfterAll
  static void close() {
    POSTGRES.close();
  }

  private Optional<Lease> take(Duration length) {
    return Lease.take(POSTGRES.second(), name, "test", length);
  }

  @Test
  void onlyOneHoldsIt() {
    assertThat(take(LONG)).isPresent();
    assertThat(take(LONG)).isEmpty();
  }

  @Test
  void anExpiredOneIsTakenOverInTheNextEpoch() {
    Lease first = take(Duration.ZERO).orElseThrow();
    Lease second = take(LONG).orElseThrow();

    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    assertThat(first.renew()).isFalse();
    assertThat(second.renew()).isTrue();
  }

  @Test
  void aRenewedOneIsNotTakenOver() {
    Lease first = take(Duration.ZERO).orElseThrow();
    POSTGRES.execute(
        "update leases set expires_time = now() + interval '1 hour' where name = '%s'"
            .formatted(name));
    assertThat(take(LONG)).isEmpty();
    assertThat(first.renew()).isTrue();
    assertThat(take(LONG)).isPresent();
  }

  /** As when the database's clock was set back after the holder had died. */
  @Test
  void oneThatStandsStillIsTakenByWhoWatchedIt() {
    Lease first = take(LONG).orElseThrow();
    Lease.Seen seen = Lease.seen(database, name).orElseThrow();
    assertThat(first.renew()).isTrue();
    assertThat(Lease.take(database, name, "other", LONG, seen)).isEmpty();

    Lease.Seen still = Lease.seen(database, name).orElseThrow();
    assertThat(Lease.take(database, name, "other", LONG, still).orElseThrow().epoch())
        .isEqualTo(first.epoch() + 1);
    assertThat(first.renew()).isFalse();
  }

  @Test
  void oneOfADeadHolderIsFreeAtOnceInTheNextEpoch() {
    Lease first = take(LONG).orElseThrow();
    Lease.expire(database, name);

    assertThat(take(LONG).orElseThrow().epoch()).isEqualTo(first.epoch() + 1);
    assertThatThrownBy(() -> database.unit(first, () -> database.write(handle -> true)))
        .isInstanceOf(FencedOffException.class);
  }

  @Test
  void aReleasedOneIsFreeAtOnce() {
    Lease first = take(LONG).orElseThrow();
    first.release();

    assertThat(take(LONG)).isPresent();
    first.release();
    assertThat(take(LONG)).isEmpty();
  }

  @Test
  void whoHoldsItMayWrite() {
    Lease lease = take(LONG).orElseThrow();

    assertThat(database.unit(lease, this::write)).isEqualTo(1);
  }

  @Test
  void whoHeldItBeforeMayNotWriteAnyMore() {
    Lease first = take(Duration.ZERO).orElseThrow();
    assertThat(take(LONG)).isPresent();

    assertThatThrownBy(() -> database.unit(first, this::write))
        .isInstanceOf(FencedOffException.class);
    assertThat(written()).isZero();
  }

  @Test
  void aTransactionThatBeganEarlierIsWaitedFor() throws Exception {
    Lease first = take(Duration.ZERO).orElseThrow();
    CompletableFuture<Optional<Lease>> second =
        database.unit(
            first,
            () -> {
              write();
              var taking = CompletableFuture.supplyAsync(() -> take(LONG));
              assertThatThrownBy(() -> taking.get(300, TimeUnit.MILLISECONDS))
                  .isInstanceOf(java.util.concurrent.TimeoutException.class);
              return taking;
            });

    assertThat(second.get(20, TimeUnit.SECONDS)).isPresent();
    assertThat(written()).isEqualTo(1);
  }

  @Test
  void whoHoldsItCanRenewItDuringATransaction() {
    Lease lease = take(LONG).orElseThrow();

    database.unit(
        lease,
        () -> {
          write();
          assertThat(lease.renew()).isTrue();
          return write();
        });
    assertThat(written()).isEqualTo(2);
  }

  private int write() {
    return database.write(
        handle ->
            handle.execute(
                "insert into dead_letters (source, source_id, payload, reason)"
                    + " values (?, ?, '', '')",
                name,
                UUID.randomUUID().toString()));
  }

  private int written() {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from dead_letters where source = ?")
                .bind(0, name)
                .mapTo(Integer.class)
                .one());
  }
}

package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final Duration TAKE_OVER = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CommandSide side = new CommandSide();
  private final PhoneNumber ana = Samples.newLearner();
  private final List<Leadership> started = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(Leadership::close);
    side.close();
  }

  private Leadership start(String holder) {
    var leadership =
        new Leadership(
            side.database,
            "dialog",
            holder,
            lease -> {
              DialogWorker worker = side.worker(lease, handled -> {});
              return new WorkLoop(
                  "dialog", worker::work, new Signal(), Duration.ofMillis(20), () -> {});
            });
    started.add(leadership);
    return leadership;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(10);
    }
  }

  @Test
  void theSecondStandsByAndTakesOverAtOnceWhenTheFirstStops() throws InterruptedException {
    Leadership first = start("first");
    await(first::isLeading);
    Leadership second = start("second");
    side.sms(ana, "acme");
    await(() -> !side.events(ana).isEmpty());
    assertThat(second.isLeading()).isFalse();

    first.close();
    await(second::isLeading);
    side.sms(ana, "more");
    await(() -> side.events(ana).size() == 2);

    assertThat(first.isLeading()).isFalse();
    assertThat(side.events(ana)).containsExactly("UserValidated", "NextDrillRequested");
  }

  @Test
  void aHolderThatIsGoneIsReplacedInTime() throws InterruptedException {
    // As one that was killed leaves it behind.
    co.stopcovid.adapters.postgres.Lease.take(
            side.database, "dialog", "killed", Duration.ofSeconds(9))
        .orElseThrow()
        .epoch();
    Instant before = Instant.now();
    Leadership second = start("second");
    await(second::isLeading);

    assertThat(Duration.between(before, Instant.now())).isLessThan(TAKE_OVER);
  }

  @Test
  void oneThatWasTakenOverStopsItsWorkersAndStandsBy() throws InterruptedException {
    Leadership first = start("first");
    await(first::isLeading);
    side.database.write(
        handle ->
            handle.execute(
                "update leases set epoch = epoch + 1, expires_time = now() + interval '1 hour'"));
    first.fencedOff();

    await(() -> !first.isLeading());
    side.sms(ana, "acme");
    side.database.write(handle -> handle.execute("update leases set expires_time = now()"));
    await(() -> !side.events(ana).isEmpty());

    assertThat(first.isLeading()).isTrue();
  }
}

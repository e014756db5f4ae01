package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
            other -> false,
            (lease, whenFencedOff) -> {
              DialogWorker worker = side.worker(lease, handled -> {});
              return new WorkLoop(
                  "dialog", worker::work, new Signal(), Duration.ofMillis(20), whenFencedOff);
            });
    started.add(leadership);
    return leadership;
  }

  private Leadership lead(Leadership.Start start) {
    var leadership = new Leadership(side.database, "dialog", "test", other -> false, start);
    started.add(leadership);
    return leadership;
  }

  /** Does nothing, for as long as it is wanted. */
  private static final class Idle implements Leadership.Work {
    private final CountDownLatch end;
    private volatile boolean alive = true;
    private volatile boolean closing;

    /** Comes to its end when the latch is open. */
    Idle(CountDownLatch end) {
      this.end = end;
    }

    Idle() {
      this(new CountDownLatch(0));
    }

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public void close() {
      closing = true;
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isFree() {
    return side.database.read(
        handle ->
            handle
                .createQuery("select expires_time < now() from leases")
                .mapTo(Boolean.class)
                .one());
  }

  private String expiry() {
    return side.database.read(
        handle ->
            handle.createQuery("select expires_time::text from leases").mapTo(String.class).one());
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
    side.sms(ana, "hello");
    await(() -> !first.isLeading());
    side.sms(ana, "acme");
    side.database.write(handle -> handle.execute("update leases set expires_time = now()"));
    await(() -> !side.events(ana).isEmpty());

    assertThat(first.isLeading()).isTrue();
  }

  @Test
  void whenAWorkerHasEndedTheLeaseIsGivenUpAndAllBeginAnew() throws InterruptedException {
    var works = new CopyOnWriteArrayList<Idle>();
    Leadership leadership =
        lead(
            (lease, whenFencedOff) -> {
              works.add(new Idle());
              return works.getLast();
            });
    await(leadership::isLeading);

    works.getFirst().alive = false;

    await(() -> works.size() == 2);
    assertThat(works.getFirst().closing).isTrue();
    await(leadership::isLeading);
  }

  @Test
  void aStartThatFailsGivesTheLeaseBackAndIsTriedAgain() throws InterruptedException {
    var starts = new AtomicInteger();
    Leadership leadership =
        lead(
            (lease, whenFencedOff) -> {
              if (starts.incrementAndGet() == 1) {
                throw new StackOverflowError("planted");
              }
              return new Idle();
            });
    await(() -> starts.get() > 0 && (isFree() || starts.get() > 1));
    int before = starts.get();
    await(leadership::isLeading);

    assertThat(before).as("free before the next start").isEqualTo(1);
    assertThat(starts.get()).isEqualTo(2);
  }

  @Test
  void aLateWordFromAnEarlierLeaseEndsNothing() throws InterruptedException {
    var words = new CopyOnWriteArrayList<Runnable>();
    var works = new CopyOnWriteArrayList<Idle>();
    Leadership leadership =
        lead(
            (lease, whenFencedOff) -> {
              words.add(whenFencedOff);
              works.add(new Idle());
              return works.getLast();
            });
    await(leadership::isLeading);
    words.getFirst().run();
    await(() -> works.size() == 2 && leadership.isLeading());

    words.getFirst().run();
    // The lease is renewed after the word was heard.
    String before = expiry();
    await(() -> !expiry().equals(before));

    assertThat(leadership.isLeading()).isTrue();
    assertThat(works).hasSize(2);
    assertThat(works.getLast().closing).isFalse();
  }

  @Test
  void theLeaseIsHeldUntilTheWorkIsDone() throws InterruptedException {
    var done = new CountDownLatch(1);
    var work = new Idle(done);
    Leadership leadership = lead((lease, whenFencedOff) -> work);
    await(leadership::isLeading);
    Thread closer = Thread.ofPlatform().start(leadership::close);
    await(() -> work.closing);

    for (int renewals = 0; renewals < 2; renewals++) {
      String before = expiry();
      await(() -> !expiry().equals(before));
      assertThat(isFree()).isFalse();
    }
    done.countDown();
    closer.join();

    assertThat(isFree()).isTrue();
  }
}

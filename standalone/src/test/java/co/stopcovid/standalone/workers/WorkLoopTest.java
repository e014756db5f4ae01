package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkLoopTest {
  @Test
  void anErrorEndsNoWorker() throws InterruptedException {
    var rounds = new AtomicInteger();
    var goneOn = new CountDownLatch(1);
    WorkLoop.Work work =
        () -> {
          if (rounds.incrementAndGet() == 1) {
            throw new StackOverflowError("planted");
          }
          goneOn.countDown();
          return 0;
        };
    try (var loop = new WorkLoop("test", work, new Signal(), Duration.ofSeconds(1), () -> {})) {
      assertThat(goneOn.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(loop.isAlive()).isTrue();
    }
  }

  @Test
  void workGathersUnlessThereIsEnough() throws InterruptedException {
    var gathering = new WorkLoop.Gathering(Duration.ofMillis(100), 10);
    var small = new AtomicInteger();
    var large = new AtomicInteger();
    try (var one = loop(() -> small.incrementAndGet() > 0 ? 9 : 0, gathering);
        var other = loop(() -> large.incrementAndGet() > 0 ? 10 : 0, gathering)) {
      Thread.sleep(500);
      assertThat(one.isAlive() && other.isAlive()).isTrue();
      assertThat(small.get()).isBetween(1, 6);
      assertThat(large.get()).isGreaterThan(100);
    }
  }

  private static WorkLoop loop(WorkLoop.Work work, WorkLoop.Gathering gathering) {
    return new WorkLoop("test", work, new Signal(), Duration.ofSeconds(1), gathering, () -> {});
  }
}

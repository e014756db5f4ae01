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
}

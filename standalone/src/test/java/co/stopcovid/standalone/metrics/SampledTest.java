package co.stopcovid.standalone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SampledTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void aFreshSampleIsGoodForAll() {
    var asked = new AtomicInteger();
    var sampled = new Sampled<>(asked::incrementAndGet, LONG, LONG);

    assertThat(sampled.get()).contains(1);
    assertThat(sampled.get()).contains(1);
  }

  @Test
  void anOldSampleIsTakenAnew() {
    var asked = new AtomicInteger();
    var sampled = new Sampled<>(asked::incrementAndGet, Duration.ZERO, LONG);

    assertThat(sampled.get()).contains(1);
    assertThat(sampled.get()).contains(2);
  }

  @Test
  void nobodyWaitsForWhatHangsAndNobodyAsksTwice() {
    var asked = new AtomicInteger();
    var hangs = new CountDownLatch(1);
    var sampled =
        new Sampled<>(
            () -> {
              asked.incrementAndGet();
              await(hangs);
              return "at last";
            },
            Duration.ZERO,
            Duration.ofMillis(20));

    for (int i = 0; i < 5; i++) {
      assertThat(sampled.get()).isEmpty();
    }
    assertThat(asked).hasValue(1);
    hangs.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFailureIsNoValueAndIsTriedAgain() {
    var asked = new AtomicInteger();
    var sampled =
        new Sampled<>(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("out of reach");
              }
              return "there";
            },
            Duration.ZERO,
            LONG);

    assertThat(sampled.get()).isEmpty();
    assertThat(sampled.get()).contains("there");
  }
}

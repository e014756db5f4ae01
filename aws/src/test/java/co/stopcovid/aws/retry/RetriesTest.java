package co.stopcovid.aws.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final List<Duration> waits = new ArrayList<>();

  @Test
  void eachWaitIsTwiceTheOneBeforeUpToTheLongest() {
    var backoff = new Retries(6, Duration.ofMillis(50), Duration.ofMillis(300), waits::add);

    for (int failures = 1; failures < 6; failures++) {
      assertThat(backoff.retryAfter(failures)).isTrue();
    }

    assertThat(waits).extracting(Duration::toMillis).containsExactly(50L, 100L, 200L, 300L, 300L);
    assertThat(backoff.retryAfter(6)).isFalse();
    assertThat(waits).hasSize(5);
  }

  @Test
  void whoIsInterruptedGivesUpAndStaysInterrupted() {
    var backoff = Retries.sleeping(2, Duration.ofMinutes(1), Duration.ofMinutes(1));

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> backoff.retryAfter(1)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void somethingIsTriedAtLeastOnce() {
    assertThatThrownBy(() -> new Retries(0, Duration.ZERO, Duration.ZERO, waits::add))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

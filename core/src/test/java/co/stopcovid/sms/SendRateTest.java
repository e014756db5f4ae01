package co.stopcovid.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SendRateTest {
  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  @Test
  void oneSecondsWorthMayGoOutAtOnceAndThenSteadily() {
    var rate = new SendRate(10, () -> nanos);
    assertThat(rate.available()).isEqualTo(10);
    rate.take(10);
    assertThat(rate.available()).isZero();
    assertThat(rate.untilNext()).isEqualTo(Duration.ofMillis(100));
    passes(Duration.ofMillis(99));
    assertThat(rate.available()).isZero();
    passes(Duration.ofMillis(2));
    assertThat(rate.available()).isEqualTo(1);
    passes(Duration.ofSeconds(99));
    assertThat(rate.available()).isEqualTo(10);
  }

  @Test
  void aSlowRateStillSendsOneAtATime() {
    var rate = new SendRate(0.5, () -> nanos);
    rate.take(1);
    assertThat(rate.untilNext()).isEqualTo(Duration.ofSeconds(2));
    passes(Duration.ofSeconds(2));
    assertThat(rate.available()).isEqualTo(1);
  }

  @Test
  void nothingGoesOutInAPause() {
    var rate = new SendRate(10, () -> nanos);
    rate.pauseFor(Duration.ofSeconds(5));
    rate.pauseFor(Duration.ofSeconds(1));
    assertThat(rate.untilNext()).isEqualTo(Duration.ofSeconds(5));
    passes(Duration.ofSeconds(4));
    assertThat(rate.available()).isZero();
    passes(Duration.ofSeconds(1));
    assertThat(rate.available()).isEqualTo(10);
    assertThat(rate.untilNext()).isZero();
  }

  private void passes(Duration time) {
    nanos += time.toNanos();
  }
}

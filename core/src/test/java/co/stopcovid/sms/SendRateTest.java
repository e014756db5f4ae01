package co.stopcovid.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SendRateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void oneSecondsWorthMayGoOutAtOnceAndThenSteadily() {
    var rate = new SendRate(10, NOW);
    assertThat(rate.available(NOW)).isEqualTo(10);
    rate.take(10);
    assertThat(rate.available(NOW)).isZero();
    assertThat(rate.next(NOW)).isEqualTo(NOW.plusMillis(100));
    assertThat(rate.available(NOW.plusMillis(99))).isZero();
    assertThat(rate.available(NOW.plusMillis(101))).isEqualTo(1);
    assertThat(rate.available(NOW.plusSeconds(99))).isEqualTo(10);
  }

  @Test
  void aSlowRateStillSendsOneAtATime() {
    var rate = new SendRate(0.5, NOW);
    rate.take(1);
    assertThat(rate.next(NOW)).isEqualTo(NOW.plusSeconds(2));
    assertThat(rate.available(NOW.plusSeconds(2))).isEqualTo(1);
  }

  @Test
  void nothingGoesOutInAPause() {
    var rate = new SendRate(10, NOW);
    rate.pauseUntil(NOW.plusSeconds(5));
    rate.pauseUntil(NOW.plusSeconds(1));
    assertThat(rate.available(NOW.plusSeconds(4))).isZero();
    assertThat(rate.next(NOW)).isEqualTo(NOW.plusSeconds(5));
    assertThat(rate.available(NOW.plusSeconds(5))).isEqualTo(10);
  }

  @Test
  void aClockThatGoesBackGivesNothing() {
    var rate = new SendRate(1, NOW);
    rate.take(1);
    assertThat(rate.available(NOW.minusSeconds(100))).isZero();
    assertThat(rate.available(NOW)).isZero();
  }
}

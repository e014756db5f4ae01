package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private final TestClock clock = new TestClock(Samples.NOON);
  private long nanos;
  private int mended;
  private boolean fails;
  private final ClockWatch watch = new ClockWatch(clock, () -> nanos, List.of(this::mend));

  private void mend() {
    if (fails) {
      throw new IllegalStateException("out of reach");
    }
    mended++;
  }

  @Test
  void oneThatGoesAsTimeDoesIsLeftAlone() {
    for (int i = 0; i < 100; i++) {
      look(Duration.ofMillis(100), Duration.ofMillis(100));
      look(Duration.ofMillis(100), Duration.ofMillis(99));
    }
    assertThat(mended).isZero();
  }

  @Test
  void oneThatIsSetAheadIsLeftAlone() {
    look(Duration.ofMillis(100), Duration.ofMinutes(5));
    assertThat(mended).isZero();
  }

  @Test
  void oneThatIsSetBackIsNoticedOnce() {
    look(Duration.ofMillis(100), Duration.ofMinutes(-5));
    look(Duration.ofMillis(100), Duration.ofMillis(100));
    assertThat(mended).isEqualTo(1);
  }

  /** The machine stood still meanwhile. */
  @Test
  void soIsOneThatWasSetBackByLessThanPassed() {
    look(Duration.ofMinutes(6), Duration.ofMinutes(1));
    assertThat(mended).isEqualTo(1);
  }

  @Test
  void whatFailsIsDoneAgain() {
    fails = true;
    assertThatThrownBy(() -> look(Duration.ofMillis(100), Duration.ofMinutes(-5)))
        .isInstanceOf(IllegalStateException.class);
    fails = false;
    look(Duration.ofMillis(100), Duration.ofMillis(100));
    assertThat(mended).isEqualTo(1);
  }

  private void look(Duration passed, Duration byTheClock) {
    nanos += passed.toNanos();
    clock.advance(byTheClock);
    watch.look();
  }
}

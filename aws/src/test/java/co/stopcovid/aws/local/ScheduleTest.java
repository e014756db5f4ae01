package co.stopcovid.aws.local;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T17:00:00Z"));
  private final List<Instant> calls = new ArrayList<>();

  @Test
  void callsOnceATime() {
    Schedule schedule =
        Schedule.every(Duration.ofMinutes(1), clock, () -> calls.add(clock.instant()));

    assertThat(schedule.poll()).isFalse();
    clock.advance(Duration.ofMinutes(1));
    assertThat(schedule.poll()).isTrue();
    assertThat(schedule.poll()).isFalse();
    clock.advance(Duration.ofMinutes(10));
    assertThat(schedule.poll()).isTrue();
    assertThat(schedule.poll()).isFalse();

    assertThat(calls).hasSize(2);
  }

  @Test
  void callsOnceADay() {
    Schedule schedule =
        Schedule.daily(LocalTime.of(17, 5), clock, () -> calls.add(clock.instant()));

    for (int minute = 0; minute < 3 * 24 * 60; minute++) {
      clock.advance(Duration.ofMinutes(1));
      schedule.poll();
    }

    assertThat(calls)
        .containsExactly(
            Instant.parse("2026-11-22T17:05:00Z"),
            Instant.parse("2026-11-23T17:05:00Z"),
            Instant.parse("2026-11-24T17:05:00Z"));
  }

  @Test
  void aCallThatFailsDoesNotEndTheSchedule() {
    Schedule schedule =
        Schedule.every(
            Duration.ofMinutes(1),
            clock,
            () -> {
              calls.add(clock.instant());
              throw new IllegalStateException("as told");
            });

    clock.advance(Duration.ofMinutes(1));
    assertThat(schedule.poll()).isTrue();
    clock.advance(Duration.ofMinutes(1));
    assertThat(schedule.poll()).isTrue();

    assertThat(calls).hasSize(2);
  }
}

package co.stopcovid.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReminderLadderTest {
  private static final Instant ASKED = Instant.parse("2026-11-23T14:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT4H;P3D,      PT3H59M,      0",
    "PT4H;P3D,      PT4H,         1",
    "PT4H;P3D,      PT28H,        1",
    "PT4H;P3D,      PT28H0.001S,  0",
    "PT4H;P3D,      PT71H59M,     0",
    "PT4H;P3D,      PT72H,        2",
    "PT4H;P3D,      PT96H,        2",
    "PT4H;P3D,      PT96H0.001S,  0",
    // Steps close to each other: the last one that is over.
    "PT1H;PT2H;P1D, PT1H30M,      1",
    "PT1H;PT2H;P1D, PT2H,         2",
    "PT1H;PT2H;P1D, PT23H59M,     2",
    "PT1H;PT2H;P1D, PT24H,        3",
    "PT1H;PT2H;P1D, PT48H,        3",
  })
  void theStepThatIsDue(String steps, Duration waited, int expected) {
    var ladder = new ReminderLadder(durations(steps));
    List<Integer> due =
        ladder.at(ASKED.plus(waited)).stream()
            .filter(step -> !ASKED.isBefore(step.from()) && !ASKED.isAfter(step.to()))
            .map(ReminderLadder.Due::step)
            .toList();
    assertThat(due).isEqualTo(expected == 0 ? List.of() : List.of(expected));
  }

  private static List<Duration> durations(String steps) {
    return Arrays.stream(steps.split(";")).map(Duration::parse).toList();
  }

  @Test
  void thereMayBeNone() {
    assertThat(new ReminderLadder(List.of()).at(ASKED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT4H;PT4H", "PT4H;PT3H", "PT0S", "-PT1H"})
  void theStepsGrow(String steps) {
    assertThatThrownBy(() -> new ReminderLadder(durations(steps)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("grow");
  }
}

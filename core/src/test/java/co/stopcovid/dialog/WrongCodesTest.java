package co.stopcovid.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WrongCodesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final int FREE = 5;

  private static WrongCodes inARow(int count) {
    WrongCodes codes = WrongCodes.after(null, NOON);
    for (int i = 1; i < count; i++) {
      codes = WrongCodes.after(codes, NOON);
    }
    return codes;
  }

  @Test
  void theFirstOnesCostNothingAndTheNextMoreAndMore() {
    List<Duration> pauses = new ArrayList<>();
    for (int count = 4; count <= 11; count++) {
      pauses.add(Duration.between(NOON, inARow(count).nextLook(NOON, FREE).orElse(NOON)));
    }
    assertThat(pauses)
        .containsExactly(
            Duration.ZERO,
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(4),
            Duration.ofMinutes(8),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10));
  }

  @Test
  void aClockThatIsSetBackSlowsNobodyDown() {
    assertThat(inARow(9).nextLook(NOON.minusSeconds(300), FREE)).isEmpty();
  }

  @Test
  void afterAnHourTheyAreForgotten() {
    WrongCodes many = inARow(9);
    assertThat(WrongCodes.after(many, NOON.plusSeconds(3_600)).count()).isEqualTo(10);
    assertThat(WrongCodes.after(many, NOON.plusSeconds(3_601)).count()).isEqualTo(1);
  }

  /** Within an hour a guesser is told of so many codes and no more. */
  @Test
  void aGuesserGetsADozenAnswersAnHour() {
    WrongCodes codes = WrongCodes.after(null, NOON);
    Instant now = NOON;
    int answers = 1;
    while (now.isBefore(NOON.plus(Duration.ofHours(1)))) {
      codes = WrongCodes.after(codes, now);
      now = codes.nextLook(now, FREE).orElse(now);
      answers++;
    }
    assertThat(answers).isBetween(10, 15);
  }
}

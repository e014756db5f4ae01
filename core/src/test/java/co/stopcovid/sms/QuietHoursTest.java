package co.stopcovid.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuietHoursTest {
  @ParameterizedTest
  @CsvSource({
    // The day begins at 08:00 and is over at 21:00, New York being five hours behind.
    "2026-11-22T12:59:59Z, America/New_York, 2026-11-22T13:00:00Z",
    "2026-11-22T13:00:00Z, America/New_York, 2026-11-22T13:00:00Z",
    "2026-11-23T01:59:59Z, America/New_York, 2026-11-23T01:59:59Z",
    "2026-11-23T02:00:00Z, America/New_York, 2026-11-23T13:00:00Z",
    "2026-11-23T06:00:00Z, America/New_York, 2026-11-23T13:00:00Z",
    // In the night in which the clocks go forward or back, the morning is still at 08:00.
    "2026-03-08T04:00:00Z, America/New_York, 2026-03-08T12:00:00Z",
    "2026-11-01T03:00:00Z, America/New_York, 2026-11-01T13:00:00Z",
    "2026-11-22T15:16:00Z, Asia/Kathmandu, 2026-11-23T02:15:00Z",
  })
  void theFirstMomentInWhichMessagesMayBeSent(Instant time, ZoneId zone, Instant expected) {
    assertThat(QuietHours.DEFAULT.next(time, zone)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"08:00, 08:00", "21:00, 08:00"})
  void aDayWithoutHoursIsRefused(LocalTime from, LocalTime until) {
    assertThatThrownBy(() -> new QuietHours(from, until))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package co.stopcovid.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
  private static final QuietHours HOURS = QuietHours.DEFAULT;

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:59:59Z, America/New_York, false",
    "2026-11-22T13:00:00Z, America/New_York, true",
    "2026-11-23T01:59:59Z, America/New_York, true",
    "2026-11-23T02:00:00Z, America/New_York, false",
    // In summer the same local times are an hour earlier.
    "2026-07-22T11:59:59Z, America/New_York, false",
    "2026-07-22T12:00:00Z, America/New_York, true",
    "2026-07-23T01:00:00Z, America/New_York, false",
    "2026-11-22T02:14:59Z, Asia/Kathmandu, false",
    "2026-11-22T02:15:00Z, Asia/Kathmandu, true",
    "2026-11-22T02:15:00Z, Asia/Tokyo, true",
  })
  void allowedIsTheLocalDayFromEightToNine(Instant time, ZoneId zone, boolean allowed) {
    assertThat(HOURS.allows(time, Set.of(zone))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T15:00:00Z, 2026-11-22T15:00:00Z",
    "2026-11-22T10:00:00Z, 2026-11-22T13:00:00Z",
    "2026-11-23T02:00:00Z, 2026-11-23T13:00:00Z",
    // The clocks go forward on 8 March and back on 1 November 2026, both at two in the morning.
    "2026-03-08T02:00:00Z, 2026-03-08T12:00:00Z",
    "2026-11-01T01:00:00Z, 2026-11-01T13:00:00Z",
  })
  void theNextAllowedTimeIsNowOrEightInTheMorning(Instant from, Instant next) {
    assertThat(HOURS.nextAllowed(from, Set.of(ZoneId.of("America/New_York")))).contains(next);
  }

  @Test
  void withSeveralZonesItMustBeAllowedInAll() {
    List<ZoneId> zones = List.of(ZoneId.of("America/New_York"), ZoneId.of("America/Los_Angeles"));
    Instant eightInNewYork = Instant.parse("2026-11-22T13:00:00Z");
    Instant eightInCalifornia = Instant.parse("2026-11-22T16:00:00Z");

    assertThat(HOURS.allows(eightInNewYork, zones)).isFalse();
    assertThat(HOURS.allows(eightInCalifornia, zones)).isTrue();
    assertThat(HOURS.nextAllowed(eightInNewYork, zones)).contains(eightInCalifornia);
    assertThat(HOURS.nextAllowed(Instant.parse("2026-11-23T02:00:00Z"), zones))
        .as("nine in New York, six in California")
        .contains(Instant.parse("2026-11-23T16:00:00Z"));
  }

  @Test
  void zonesThatAreNeverAwakeAtOnceAllowNothing() {
    assertThat(
            HOURS.nextAllowed(
                Instant.parse("2026-11-22T13:00:00Z"),
                List.of(
                    ZoneId.of("Asia/Tokyo"),
                    ZoneId.of("America/Sao_Paulo"),
                    ZoneId.of("Europe/Lisbon"),
                    ZoneId.of("Pacific/Honolulu"))))
        .isEmpty();
  }

  @Test
  void aDayThatEndsBeforeItBeginsIsRefused() {
    assertThatThrownBy(() -> new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package co.stopcovid.progress;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.QuietHours;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.ProfileKey;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenTimeTest {
  private static final Duration WINDOW = Duration.ofHours(3);
  private static final LearnerHours HOURS =
      new LearnerHours(QuietHours.DEFAULT, phone -> Set.of(), ZoneOffset.UTC);

  @Test
  void itIsReadFromTheProfile() {
    UserProfile profile =
        UserProfile.NEW
            .withReply(ProfileKey.SCHEDULE_DAYS, "mon,wed")
            .withReply(ProfileKey.SCHEDULE_TIME, "09:30");
    var chosen = new ChosenTime(Set.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY), LocalTime.of(9, 30));
    assertThat(ChosenTime.of(profile)).isEqualTo(chosen);
    assertThat(ChosenTime.parse(chosen.daysText(), chosen.timeText())).isEqualTo(chosen);
    assertThat(ChosenTime.of(UserProfile.NEW)).isEqualTo(ChosenTime.ANY);
    assertThat(ChosenTime.parse("", "").daysText()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"someday, 25:00", "'mon,,wed', half past nine", "'[\"mon\"]', 9"})
  void whatCannotBeReadSaysNothing(String days, String time) {
    assertThat(ChosenTime.parse(days, time)).isEqualTo(ChosenTime.ANY);
  }

  @ParameterizedTest
  @CsvSource({
    // days, time, zone, now, due, end
    "'', 09:30, UTC, 2026-11-23T08:00:00Z, 2026-11-23T09:30:00Z, 2026-11-23T12:30:00Z",
    // On now, until the window is over; then tomorrow.
    "'', 09:30, UTC, 2026-11-23T12:29:59Z, 2026-11-23T09:30:00Z, 2026-11-23T12:30:00Z",
    "'', 09:30, UTC, 2026-11-23T12:30:00Z, 2026-11-24T09:30:00Z, 2026-11-24T12:30:00Z",
    // 23 November 2026 is a Monday.
    "'tue,fri', 09:30, UTC, 2026-11-23T08:00:00Z, 2026-11-24T09:30:00Z, 2026-11-24T12:30:00Z",
    "'tue,fri', 09:30, UTC, 2026-11-25T08:00:00Z, 2026-11-27T09:30:00Z, 2026-11-27T12:30:00Z",
    "mon, 09:30, UTC, 2026-11-23T12:30:00Z, 2026-11-30T09:30:00Z, 2026-11-30T12:30:00Z",
    // In the learner's own zone, whatever day it is in UTC.
    "tue, 09:00, Asia/Tokyo, 2026-11-23T16:00:00Z, 2026-11-24T00:00:00Z, 2026-11-24T03:00:00Z",
    "mon, 18:00, Pacific/Honolulu, 2026-11-24T00:00:00Z, 2026-11-24T04:00:00Z, 2026-11-24T07:00:00Z",
    // Clocks in New York go forward on 14 March 2027, and back on 1 November 2026.
    "'', 09:00, America/New_York, 2027-03-13T20:00:00Z, 2027-03-14T13:00:00Z, 2027-03-14T16:00:00Z",
    "'', 09:00, America/New_York, 2027-03-12T20:00:00Z, 2027-03-13T14:00:00Z, 2027-03-13T17:00:00Z",
    "'', 09:00, America/New_York, 2026-10-31T20:00:00Z, 2026-11-01T14:00:00Z, 2026-11-01T17:00:00Z",
    // At a time when nobody is written to: the nearest one that day, and never the next day.
    "'', 05:00, UTC, 2026-11-23T01:00:00Z, 2026-11-23T08:00:00Z, 2026-11-23T11:00:00Z",
    "'', 00:00, UTC, 2026-11-23T01:00:00Z, 2026-11-23T08:00:00Z, 2026-11-23T11:00:00Z",
    "mon, 20:45, UTC, 2026-11-23T01:00:00Z, 2026-11-23T20:30:00Z, 2026-11-23T23:30:00Z",
    "mon, 23:59, UTC, 2026-11-23T01:00:00Z, 2026-11-23T20:30:00Z, 2026-11-23T23:30:00Z",
  })
  void theNextSession(
      String days, String time, String zone, Instant now, Instant due, Instant end) {
    ChosenTime.Appointment next =
        ChosenTime.parse(days, time)
            .next(now, HOURS, Set.of(ZoneId.of(zone)), WINDOW)
            .orElseThrow();
    assertThat(next.due()).isEqualTo(due);
    assertThat(next.end()).isEqualTo(end);
    assertThat(next.day()).isEqualTo(LocalDate.ofInstant(due, ZoneId.of(zone)));
  }

  /** Otherwise the hours would forbid each of the learner's sessions until its window is over. */
  @ParameterizedTest
  @CsvSource({
    // time in Chicago, the first by name; due
    "07:00, 2026-11-23T14:00:00Z",
    "12:00, 2026-11-23T18:00:00Z",
    "19:45, 2026-11-24T01:30:00Z",
    "20:30, 2026-11-24T01:30:00Z",
    "23:59, 2026-11-24T01:30:00Z",
  })
  void whoMayBeInTwoZonesHasATimeThatIsAllowedInBoth(String time, Instant due) {
    Set<ZoneId> florida = Set.of(ZoneId.of("America/Chicago"), ZoneId.of("America/New_York"));
    ChosenTime.Appointment next =
        ChosenTime.parse("mon", time)
            .next(Instant.parse("2026-11-23T07:00:00Z"), HOURS, florida, WINDOW)
            .orElseThrow();
    assertThat(next.due()).isEqualTo(due);
    assertThat(next.day()).isEqualTo(LocalDate.of(2026, 11, 23));
    assertThat(QuietHours.DEFAULT.allows(next.due(), florida)).isTrue();
  }

  @Test
  void aSessionEndsWithItsDay() {
    assertThat(
            ChosenTime.parse("", "20:00")
                .next(
                    Instant.parse("2026-11-23T20:00:00Z"),
                    HOURS,
                    Set.of(ZoneOffset.UTC),
                    Duration.ofDays(1))
                .orElseThrow()
                .end())
        .isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
  }

  @Test
  void whoNamedNoTimeHasNone() {
    assertThat(
            ChosenTime.parse("mon", "").next(Instant.EPOCH, HOURS, Set.of(ZoneOffset.UTC), WINDOW))
        .isEmpty();
  }
}

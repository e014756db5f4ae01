package co.stopcovid.adapters.phone;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.QuietHours;
import co.stopcovid.progress.LearnerHours;
import co.stopcovid.progress.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTimeZonesTest {
  private final PhoneTimeZones zones = new PhoneTimeZones();

  private Set<ZoneId> of(String phone) {
    return zones.of(new PhoneNumber(phone));
  }

  @ParameterizedTest
  @CsvSource({
    "+12025550123, America/New_York",
    "+18085551234, Pacific/Honolulu",
    "+5511987654321, America/Sao_Paulo",
    "+8613800138000, Asia/Shanghai",
    "+33612345678, Europe/Paris",
  })
  void aNumberIsWhereItsPrefixIs(String phone, ZoneId zone) {
    assertThat(of(phone)).containsExactly(zone);
  }

  @Test
  void aMobileNumberOfALargeCountryMayBeAnywhereInIt() {
    Set<ZoneId> australia =
        Stream.of("Australia/Perth", "Australia/Sydney")
            .map(ZoneId::of)
            .collect(Collectors.toSet());

    assertThat(of("+61412345678")).containsAll(australia);
    assertThat(of("+18005550123")).hasSizeGreaterThan(10);
  }

  /** New areas are opened faster than tables are updated. */
  @ParameterizedTest
  @ValueSource(strings = {"+19998887777", "+12215550123", "+521234567890", "+61999999999"})
  void aNumberOfAnUnknownAreaMayBeAnywhereInItsCountry(String phone) {
    var hours = new LearnerHours(QuietHours.DEFAULT, zones, ZoneId.of("Asia/Tokyo"));
    var learner = new Whereabouts(new PhoneNumber(phone), "");
    Instant day = Instant.parse("2026-11-30T00:00:00Z");
    int open = 0;
    for (int minute = 0; minute < 24 * 60; minute += 15) {
      Instant time = day.plus(Duration.ofMinutes(minute));
      if (hours.allows(learner, time)) {
        open++;
        for (ZoneId zone : of(phone)) {
          assertThat(LocalTime.ofInstant(time, zone))
              .as("%s in %s", time, zone)
              .isBetween(LocalTime.of(8, 0), LocalTime.of(21, 0));
        }
      }
    }
    assertThat(of(phone)).hasSizeGreaterThan(2);
    assertThat(open).isPositive();
  }

  @Test
  void ofANumberThatBelongsNowhereNothingIsKnown() {
    assertThat(of("+999123456789")).isEmpty();
  }

  /** What is known of one number is used for those beside it, so the tables must say the same. */
  @ParameterizedTest
  @CsvSource({
    "+1202555, 4",
    "+1876526, 4",
    "+1268481, 4",
    "+5511987654, 3",
    "+447911123, 3",
    "+7912345, 4"
  })
  void numbersThatDifferAtTheEndOnlyAreInTheSamePlace(String prefix, int digits) {
    for (int line = 0; line < Math.pow(10, digits); line += 7) {
      String number = prefix + ("%0" + digits + "d").formatted(line);
      assertThat(of(number)).as(number).isEqualTo(new PhoneTimeZones().of(new PhoneNumber(number)));
    }
  }
}

package co.stopcovid.progress;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.phone.PhoneTimeZones;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.QuietHours;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LearnerHoursTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final PhoneNumber HAWAII = new PhoneNumber("+18085551234");
  private static final PhoneNumber NOWHERE = new PhoneNumber("+99988877766");

  private final LearnerHours hours =
      new LearnerHours(QuietHours.DEFAULT, new PhoneTimeZones(), PARIS);

  @Test
  void theZoneOfTheProfileCountsFirst() {
    assertThat(hours.zones(new Whereabouts(HAWAII, "Asia/Tokyo"), NOON))
        .containsExactly(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void thenThatOfThePhoneNumber() {
    assertThat(hours.zones(new Whereabouts(HAWAII, ""), NOON))
        .containsExactly(ZoneId.of("Pacific/Honolulu"));
    assertThat(hours.zones(new Whereabouts(HAWAII, "the moon"), NOON))
        .as("a zone that nobody knows")
        .containsExactly(ZoneId.of("Pacific/Honolulu"));
  }

  @Test
  void thenTheDeployments() {
    assertThat(hours.zones(new Whereabouts(NOWHERE, ""), NOON)).containsExactly(PARIS);
    var scattered =
        new LearnerHours(
            QuietHours.DEFAULT,
            phone ->
                Set.of(
                    ZoneId.of("Asia/Tokyo"),
                    ZoneId.of("America/Sao_Paulo"),
                    ZoneId.of("Europe/Lisbon"),
                    ZoneId.of("Pacific/Honolulu")),
            PARIS);
    assertThat(scattered.zones(new Whereabouts(HAWAII, ""), NOON))
        .as("zones that are never awake at once")
        .containsExactly(PARIS);
  }

  @Test
  void allowedIsWhatTheZonesAllow() {
    assertThat(hours.allows(new Whereabouts(NOWHERE, ""), NOON)).isTrue();
    assertThat(hours.allows(new Whereabouts(HAWAII, ""), NOON)).isFalse();
    assertThat(hours.allows(new Whereabouts(HAWAII, ""), Instant.parse("2026-11-22T18:00:00Z")))
        .isTrue();
  }
}

package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.twilio.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service whose clock is set by five minutes while it works. */
class ClockSetTest {
  private static final String ANA = "+12025550101";
  private static final Duration GAP = Duration.ofSeconds(1);

  /** What waits for nothing but the clock goes on within a second; a machine under load is slow. */
  private static final Duration SOON = Duration.ofSeconds(4);

  private final MovedClock clock = new MovedClock(ServiceUnderTest.MORNING);

  @ParameterizedTest
  @ValueSource(ints = {-5, 5})
  void sendingGoesOn(int minutes) throws Exception {
    Map<String, String> settings = Map.of("DIALOG_SMS_RATE", "20", "DIALOG_SMS_GAP", "1s");
    try (var service = ServiceUnderTest.start(clock, settings)) {
      service.exchange(ANA, "acme", "Hygiene course");
      // Two messages, of which the second waits for the gap when the clock is set.
      service.says(ANA, "1");
      service.texts(ANA, 2);
      clock.set(Duration.ofMinutes(minutes));
      assertThat(service.twilio.awaitTexts(ANA, 3, SOON.plus(GAP))).hasSize(3);

      answers(service, "Ana", 5);
      for (int i = 1; i < 40; i++) {
        // More than the bucket holds.
        String phone = "+1202555%04d".formatted(200 + i);
        service.says(phone, "acme");
        service.texts(phone, 1);
      }
    }
  }

  /** The provider asks for a pause of two seconds, and it is no longer by any clock. */
  @ParameterizedTest
  @ValueSource(ints = {-5, 5})
  void aPauseForTheProviderIsNoLonger(int minutes) throws Exception {
    try (var service = ServiceUnderTest.start(clock, Map.of())) {
      service.exchange(ANA, "acme", "Hygiene course");
      service.twilio.script(ANA, Fault.BUSY);
      service.says(ANA, "1");
      Waiting.until("the provider is busy", () -> service.twilio.requests() == 2);
      clock.set(Duration.ofMinutes(minutes));
      assertThat(service.twilio.awaitTexts(ANA, 3, SOON.plusSeconds(2))).hasSize(3);
    }
  }

  private static void answers(ServiceUnderTest service, String text, int count) throws Exception {
    service.says(ANA, text);
    assertThat(service.twilio.awaitTexts(ANA, count, SOON.plus(GAP))).hasSize(count);
  }
}

package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.FakeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole service over HTTP, under a clock that the test moves. */
class EndToEndTest {
  private static final String ANA = "+12025550101";
  private static final String BEN = "+12025550102";

  private final TestClock clock = new TestClock(ServiceUnderTest.MORNING);
  private final ServiceUnderTest service = ServiceUnderTest.start(clock, Map.of());

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aLearnerGoesThroughTheCourse() throws Exception {
    register(ANA);
    service.exchange(ANA, "towel", "Not quite. Have another try.");
    service.exchange(
        ANA,
        "gloves",
        "Thanks for trying. The right answer is:\nsoap",
        "Rub your palms, the backs of your hands");
    service.exchange(ANA, "c", "Correct! Well done.", "Which habit protects you best?");
    service.exchange(ANA, "b", "Correct! Well done.", "No sink nearby?");
    service.exchange(
        ANA,
        "60%",
        "Correct! Well done.",
        "Nice work, you have finished this topic!",
        "Next topic: face coverings.");
    service.exchange(ANA, "more", "Hello Ana\nToday's topic: face coverings.");

    nothingGoesOutAfterStop();
    service.exchange(ANA, "start", "Hello Ana\nToday's topic: face coverings.");

    oneReminderAfterFourHours();
    theNextDrillComesOnTheNextDay();
    theReportHasIt();
    assertThat(service.number("select count(*) from dead_letters")).isZero();
  }

  private void register(String phone) throws InterruptedException {
    service.exchange(
        phone, "nonsense", "Sorry, we do not know that code. Please check it and text us");
    service.exchange(phone, "ACME", "Hygiene course from Acme.\nYour language?");
    service.exchange(phone, "1", "Welcome!", "What is your first name?");
    service.exchange(
        phone,
        "Ana",
        "Thank you Ana\nFirst topic: washing your hands.",
        "Water alone leaves many germs on your hands.");
  }

  private void nothingGoesOutAfterStop() throws Exception {
    // In this dress the provider does not confirm it, so that we do, once.
    service.exchange(ANA, "Stop.", "You won't get any more messages from us.");
    List<String> before = service.twilio.textsTo(ANA);
    service.says(ANA, "hello?");
    service.says(ANA, "more");
    service.passes(clock, Duration.ofHours(1));
    assertThat(service.twilio.textsTo(ANA)).isEqualTo(before);
  }

  private void oneReminderAfterFourHours() throws Exception {
    int before = service.twilio.textsTo(ANA).size();
    service.passes(clock, Duration.ofMinutes(239));
    assertThat(service.twilio.textsTo(ANA)).hasSize(before);
    service.passes(clock, Duration.ofMinutes(6));
    service.assertAnswered(
        ANA,
        before,
        "Hello Ana\nYour training question is still waiting",
        "Hello Ana\nToday's topic: face coverings.");
    service.passes(clock, Duration.ofHours(1));
    assertThat(service.twilio.textsTo(ANA)).hasSize(before + 2);
  }

  /** Scheduled at 17:05 UTC, started at a random minute of the following three hours. */
  private void theNextDrillComesOnTheNextDay() throws Exception {
    int before = service.twilio.textsTo(ANA).size();
    clock.advanceTo(Instant.parse("2026-11-24T17:04:00Z"));
    service.passes(clock, Duration.ZERO);
    assertThat(service.twilio.textsTo(ANA)).hasSize(before);
    service.passes(clock, Duration.ofMinutes(1));
    assertThat(service.number("select count(*) from drill_schedule")).isEqualTo(1);
    while (clock.instant().isBefore(Instant.parse("2026-11-24T20:05:00Z"))) {
      service.passes(clock, Duration.ofMinutes(15));
    }
    service.assertAnswered(ANA, before, "Hello Ana\nToday's topic: keeping your distance.");
    service.passes(clock, Duration.ofHours(2));
    assertThat(service.twilio.textsTo(ANA)).hasSize(before + 1);
  }

  private void theReportHasIt() throws Exception {
    assertThat(service.get("/api/v1/progress/completion?format=csv").body().lines())
        .containsExactly(
            "company,unit,drill,learners,started,completed,started_rate,completed_rate",
            "Acme,,01-washing-your-hands,1,1,1,1.0000,1.0000",
            "Acme,,02-face-coverings,1,1,0,1.0000,0.0000",
            "Acme,,03-keeping-distance,1,1,0,1.0000,0.0000",
            "Acme,,04-feeling-ill,1,0,0,0.0000,0.0000");
    assertThat(service.get("/api/v1/progress/completion?company=Acme").body())
        .contains("\"drill_slug\":\"01-washing-your-hands\",\"learners\":1");
  }

  @Test
  void whoIsAskedInTheEveningIsRemindedInTheMorning() throws Exception {
    // Half past eight in the evening in Washington.
    clock.advanceTo(Instant.parse("2026-11-24T01:30:00Z"));
    service.says(BEN, "acme");
    service.texts(BEN, 1);
    for (Instant hour = clock.instant();
        hour.isBefore(Instant.parse("2026-11-24T12:30:00Z"));
        hour = clock.instant()) {
      service.passes(clock, Duration.ofHours(1));
    }
    assertThat(service.twilio.textsTo(BEN)).hasSize(1);
    service.passes(clock, Duration.ofMinutes(36));
    service.assertAnswered(BEN, 1, "Hello", "Hygiene course");
  }

  @Test
  void messagesOfOneLearnerKeepTheirDistance() throws Exception {
    service.close();
    try (var slow = ServiceUnderTest.start(clock, Map.of("DIALOG_SMS_GAP", "3s"))) {
      slow.says(ANA, "acme");
      slow.texts(ANA, 1);
      // The gap begins when the ledger knows that the message has gone.
      Waiting.until(
          "the message is sent",
          () -> slow.number("select count(*) from outbound_messages where state = 'SENDING'") == 0);
      clock.advance(Duration.ofSeconds(10));
      slow.says(ANA, "1");
      slow.texts(ANA, 2);
      slow.settle();
      clock.advance(Duration.ofMillis(2_900));
      // Ben's message would come after Ana's if hers were due.
      slow.says(BEN, "acme");
      slow.texts(BEN, 1);
      assertThat(slow.twilio.textsTo(ANA)).hasSize(2);
      clock.advance(Duration.ofMillis(100));
      slow.texts(ANA, 3);
      List<Instant> times = slow.twilio.messages().stream().map(FakeMessage::created).toList();
      assertThat(times).isSorted();
    }
  }
}

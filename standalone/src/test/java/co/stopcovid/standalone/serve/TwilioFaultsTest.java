package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.PostgresUndelivered;
import co.stopcovid.sms.Undelivered;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.FakeMessage;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.Fault;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Twilio does, and what others do in its name. */
class TwilioFaultsTest {
  private static final String ANA = "+12025550101";
  private static final String SENT = "select count(*) from outbound_messages where state = 'SENT'";
  private static final String SECOND_TOKEN = "fedcba9876543210fedcba9876543210";

  private final TestClock clock = new TestClock(ServiceUnderTest.MORNING);
  private final ServiceUnderTest service =
      ServiceUnderTest.start(clock, Map.of("TWILIO_AUTH_TOKEN_SECONDARY", SECOND_TOKEN));

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aRepeatedMessageIsOneCommand() throws Exception {
    service.exchange(ANA, "acme", "Hygiene course");
    for (int i = 0; i < 3; i++) {
      assertThat(service.webhooks.receive("SM" + "a".repeat(32), ANA, "1").statusCode())
          .isEqualTo(200);
    }
    service.assertAnswered(ANA, 1, "Welcome!", "What is your first name?");
    service.exchange(ANA, "Ana", "Thank you Ana", "Water alone");
    assertThat(service.number("select count(*) from inbound_messages")).isEqualTo(3);
  }

  @Test
  void onlyTwilioIsListenedTo() throws Exception {
    List<Entry<String, String>> form =
        List.of(
            TwilioWebhooks.field("MessageSid", "SM" + "b".repeat(32)),
            TwilioWebhooks.field("From", ANA),
            TwilioWebhooks.field("Body", "acme"));
    String path = "/webhooks/twilio?a=%41&b";
    assertThat(service.webhooks.post(path, "wrong", form).statusCode()).isEqualTo(403);
    assertThat(service.webhooks.post(path, "Body=acme", "").statusCode()).isEqualTo(403);
    service.settle();
    assertThat(service.number("select count(*) from commands")).isZero();

    assertThat(service.webhooks.post(path, SECOND_TOKEN, form).statusCode()).isEqualTo(200);
    service.assertAnswered(ANA, 0, "Hygiene course");
  }

  @Test
  void reportsMayComeLateTwiceAndInAnyOrder() throws Exception {
    service.exchange(ANA, "acme", "Hygiene course");
    service.exchange(ANA, "1", "Welcome!", "What is your first name?");
    service.webhooks.reportAllDelivered(new Random(7));
    assertThat(service.number("select count(*) from outbound_messages where state = 'DELIVERED'"))
        .isEqualTo(3);

    service.exchange(ANA, "Ana", "Thank you Ana", "Water alone");
    FakeMessage last = service.twilio.messages().getLast();
    service.webhooks.report(last, "undelivered", "30005");
    service.webhooks.report(last, "sent", "");
    assertThat(service.number("select count(*) from outbound_messages where state = 'FAILED'"))
        .isEqualTo(1);
  }

  @Test
  void whatWasNotDeliveredIsShownWithTheReasonInWords() throws Exception {
    service.exchange(ANA, "acme", "Hygiene course");
    service.twilio.script("+12025550102", Fault.UNVERIFIED);
    service.says("+12025550102", "acme");
    service.webhooks.report(service.twilio.messages().getLast(), "undelivered", "30034");
    try (var connections = Connections.open(DatabaseUrl.parse(service.url), 1)) {
      Undelivered undelivered = new PostgresUndelivered(new Database(connections));
      Waiting.until(
          "both are counted", () -> undelivered.since(ServiceUnderTest.MORNING, 10).size() == 2);
      assertThat(undelivered.since(ServiceUnderTest.MORNING, 10))
          .allMatch(count -> count.messages() == 1 && count.learners() == 1)
          .extracting(Undelivered.Count::reason)
          .containsExactlyInAnyOrder(
              "Twilio error 21608: the number is not verified, and a trial account writes to verified numbers only",
              "undelivered, Twilio error 30034: the sender is not registered for A2P 10DLC");
      assertThat(service.get("/metrics").body())
          .contains("dialog_messages_not_delivered_total{error=\"21608\"} 1.0")
          .contains("dialog_messages_not_delivered_total{error=\"30034\"} 1.0");
      assertThat(undelivered.since(ServiceUnderTest.MORNING.plusSeconds(1), 10)).isEmpty();
    }
  }

  /** PostgreSQL takes no NUL; what is signed all the same is no reason to fail. */
  @ParameterizedTest
  @ValueSource(strings = {"MessageSid", "From", "Body", "To", "Nul\0", "MessageStatus"})
  void aNulAnywhereInASignedFormIsNoError(String where) throws Exception {
    List<Entry<String, String>> form = new ArrayList<>();
    Map<String, String> usual =
        new LinkedHashMap<>(
            Map.of("MessageSid", "SM" + "d".repeat(32), "From", ANA, "Body", "acme", "To", ANA));
    usual.merge(where, "delivered", (value, none) -> value);
    usual.forEach(
        (name, value) ->
            form.add(TwilioWebhooks.field(name, name.equals(where) ? value + "\0" : value)));
    assertThat(service.webhooks.post("/webhooks/twilio?a=%00", FakeTwilio.AUTH_TOKEN, form))
        .returns(200, HttpResponse::statusCode);
  }

  @Test
  void whatCannotBeStoredIsRefusedBeforeTwilioGivesUp() throws Exception {
    DatabaseUrl url = DatabaseUrl.parse(service.url);
    try (var other = DriverManager.getConnection(url.jdbc(), url.user(), url.password())) {
      other.setAutoCommit(false);
      try (var statement = other.createStatement()) {
        statement.execute("lock table commands, outbound_messages in access exclusive mode");
      }
      long start = System.nanoTime();
      assertThat(service.webhooks.receive(ANA, "acme").statusCode()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      other.rollback();
    }
  }

  @Test
  void whoUnsubscribedAtTheProviderHasOptedOut() throws Exception {
    service.exchange(ANA, "acme", "Hygiene course");
    service.twilio.unsubscribe(ANA);
    service.says(ANA, "1");
    Waiting.until(
        "the opt-out is known",
        () -> service.number("select count(*) from phone_numbers where opted_out") == 1);
    service.settle();
    int requests = service.twilio.requests();
    service.says(ANA, "Ana");
    service.passes(clock, Duration.ofHours(5));
    assertThat(service.twilio.requests()).isEqualTo(requests);
    assertThat(service.get("/api/v1/learners/" + ANA + "/events").body()).contains("OPTED_OUT");
  }

  /** Whatever Twilio says of a message, if it means us all others would meet it, too. */
  @Test
  void anAccountThatIsRefusedHoldsAllSendingAndLosesNothing() throws Exception {
    service.exchange(ANA, "acme", "Hygiene course");
    service.twilio.rule(to -> Fault.SUSPENDED);
    service.twilio.account("suspended", "Full");
    service.says(ANA, "1");
    Waiting.until(
        "readiness says it",
        () -> service.get("/health/ready").body().contains("refuses us, nothing is sent"));
    assertThat(service.get("/health/ready").body())
        .contains("\"status\":\"ready\"")
        .contains("the account is not active");
    assertThat(service.get("/metrics").body()).contains("dialog_provider_refuses 1.0");
    int tried = service.twilio.requests();
    for (int i = 0; i < 60; i++) {
      clock.advance(Duration.ofSeconds(10));
      service.says("+120255502%02d".formatted(i), "acme");
    }
    assertThat(service.twilio.requests()).as("none is tried").isEqualTo(tried);
    assertThat(service.number("select count(*) from outbound_messages where state = 'FAILED'"))
        .isZero();

    service.twilio.rule(to -> Fault.NONE);
    service.twilio.account("active", "Full");
    Waiting.until(
        "all is sent",
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return service.number(SENT) == 63;
        });
    assertThat(service.get("/health/ready").body()).contains("\"provider\":\"no refusal\"");
    service.assertAnswered(ANA, 1, "Welcome!", "What is your first name?");
  }

  /** The clock goes on while the service waits for the provider. */
  @Test
  void eachMessageIsAtTheProviderOnceWhateverItAnswers() throws Exception {
    service.exchange(ANA, "acme", "Hygiene course");
    service.twilio.script(
        ANA,
        Fault.BUSY,
        Fault.LOST_ANSWER,
        Fault.ERROR_BEFORE,
        Fault.ERROR_AFTER,
        Fault.LOST_REQUEST,
        Fault.GARBLED_ANSWER);
    service.says(ANA, "1");
    service.says(ANA, "Ana");
    service.says(ANA, "soap");
    Waiting.until(
        "all is sent",
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return service.number(SENT) == 7;
        });
    assertThat(service.twilio.textsTo(ANA)).hasSize(7).doesNotHaveDuplicates();
    service.assertAnswered(
        ANA,
        1,
        "Welcome!",
        "What is your first name?",
        "Thank you Ana",
        "Water alone",
        "Correct!",
        "Rub your palms");
    // Only what Twilio did not have was sent again: Ana's first text, the busy one and two more.
    assertThat(service.twilio.requests()).isEqualTo(10);
  }
}

package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service in this process, with a stand-in for Twilio and the sample course. */
final class ServiceUnderTest implements AutoCloseable {
  static final URI PUBLIC = URI.create("https://dialog.example.org");
  static final String TOKEN = "token-of-the-api-for-tests";

  /** The service starts at ten in the morning where the learners of area code 202 live. */
  static final Instant MORNING = Instant.parse("2026-11-23T15:00:00Z");

  static final Map<RegistrationCode, CodeVerdict.Valid> CODES =
      Map.of(
          new RegistrationCode("acme"),
          new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme"))),
          new RegistrationCode("demo"),
          new CodeVerdict.Valid(true, AccountInfo.of(Map.of("company", "Acme"))));

  final FakeTwilio twilio;
  final TwilioWebhooks webhooks;
  final Service service;
  final String url;
  private final InstantSource clock;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServiceUnderTest(
      InstantSource clock, String database, Map<String, String> settings, Teaching teaching) {
    this.clock = clock;
    this.url = database;
    twilio = new FakeTwilio(clock);
    Map<String, String> environment = environment(twilio, database);
    environment.putAll(settings);
    service = Service.start(ServiceConfig.from(environment), teaching, CODES, clock);
    webhooks = new TwilioWebhooks(twilio, PUBLIC, service.url());
  }

  /**
   * On a new database.
   *
   * @param settings above those of {@link #environment}
   */
  static ServiceUnderTest start(InstantSource clock, Map<String, String> settings) {
    return new ServiceUnderTest(clock, DurablePostgres.newDatabase(), settings, teaching());
  }

  /** On a new database, with content of a test's own. */
  static ServiceUnderTest start(InstantSource clock, Teaching teaching) {
    return new ServiceUnderTest(clock, DurablePostgres.newDatabase(), Map.of(), teaching);
  }

  /** What a service needs, which sends without gaps. */
  static Map<String, String> environment(FakeTwilio twilio, String database) {
    return new HashMap<>(
        Map.ofEntries(
            Map.entry("DIALOG_PORT", "0"),
            Map.entry("DIALOG_PUBLIC_URL", PUBLIC.toString()),
            Map.entry("DIALOG_DATA_DIR", System.getProperty("java.io.tmpdir")),
            Map.entry("DIALOG_DATABASE_URL", database),
            Map.entry("DIALOG_ADMIN_PASSWORD", "password-for-tests"),
            Map.entry("DIALOG_API_TOKEN", TOKEN),
            Map.entry("DIALOG_SMS_GAP", "0ms"),
            Map.entry("DIALOG_SMS_RATE", "100000"),
            Map.entry("TWILIO_ACCOUNT_SID", FakeTwilio.ACCOUNT_SID),
            Map.entry("TWILIO_AUTH_TOKEN", FakeTwilio.AUTH_TOKEN),
            Map.entry("TWILIO_MESSAGING_SERVICE_SID", FakeTwilio.SERVICE_SID),
            Map.entry("TWILIO_API_URL", twilio.url().toString())));
  }

  static Path root() {
    return Path.of(System.getProperty("project.root"));
  }

  static Teaching teaching() {
    LanguageTables languages = BuiltInLanguages.load();
    return new Teaching(CourseReader.read(root().resolve("content")).publish(languages), languages);
  }

  /** A learner's message, which is taken in. */
  void says(String phone, String text) {
    assertThat(webhooks.receive(phone, text).statusCode()).isEqualTo(200);
  }

  /** Waits until a phone has got so many messages in all; these are they. */
  List<String> texts(String phone, int count) throws InterruptedException {
    List<String> texts = twilio.awaitTexts(phone, count, Waiting.PATIENCE);
    assertThat(texts).hasSize(count);
    return texts;
  }

  /** Says something that is answered by so many messages, which begin like this. */
  void exchange(String phone, String text, String... beginnings) throws InterruptedException {
    int before = twilio.textsTo(phone).size();
    says(phone, text);
    assertAnswered(phone, before, beginnings);
  }

  /** The messages after the first ones begin like this, and there are no others. */
  void assertAnswered(String phone, int before, String... beginnings) throws InterruptedException {
    List<String> answers =
        texts(phone, before + beginnings.length).subList(before, before + beginnings.length);
    for (int i = 0; i < beginnings.length; i++) {
      assertThat(answers.get(i)).startsWith(beginnings[i]);
    }
  }

  /** Moves the clock on and runs what is due then. */
  void passes(TestClock clock, Duration time) throws Exception {
    clock.advance(time);
    service.runDue();
    settle();
  }

  /** Waits until nothing is left to be done now. */
  void settle() throws Exception {
    Waiting.until(
        "everything taken in is done",
        () ->
            number(
                    """
                    select (select last_position from command_log_head)
                      - (select position from consumer_checkpoints where consumer = 'dialog')
                      + 2 * (select last_position from event_feed_head)
                      - (select sum(position) from consumer_checkpoints
                         where consumer in ('sms', 'progress'))
                      + (select count(*) from outbound_due where due_time <= '%s')
                    """
                        .formatted(clock.instant()))
                == 0);
  }

  long number(String sql) {
    return DurablePostgres.number(DatabaseUrl.parse(url), sql);
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(service.url() + path))
            .timeout(Waiting.PATIENCE)
            .header("Authorization", "Bearer " + TOKEN)
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    webhooks.close();
    client.shutdownNow();
    service.close();
    twilio.close();
  }
}

package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service is asked to stop while learners do drills; another one goes on. */
@Order(4) // Takes long.
class StopTest {
  private static final int LEARNERS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void nothingIsLostAndNothingIsLeftInDoubt() throws Exception {
    String database = DurablePostgres.newDatabase();
    try (var twilio = new FakeTwilio(InstantSource.system())) {
      Map<String, String> environment = ServiceUnderTest.environment(twilio, database);
      int port = ServiceProcess.freePort();
      environment.put("DIALOG_PORT", Integer.toString(port));
      environment.put("DIALOG_DATA_DIR", directory.toString());
      var listening = URI.create("http://127.0.0.1:" + port);
      var webhooks = new TwilioWebhooks(twilio, ServiceUnderTest.PUBLIC, listening);
      try (var learners = new Learners(twilio, webhooks, 1, 1, PATIENCE)) {
        stopUnderLoad(environment, twilio, learners);
        String doubtful = "select count(*) from outbound_messages where state = 'SENDING'";
        assertThat(DurablePostgres.number(DatabaseUrl.parse(database), doubtful)).isZero();
        try (var second = ServiceProcess.start(directory, environment)) {
          second.url();
          learners.awaitAll();
        }
      }
    }
  }

  private void stopUnderLoad(Map<String, String> environment, FakeTwilio twilio, Learners learners)
      throws Exception {
    String codes = Learners.codes(directory).toString();
    try (var service = ServiceProcess.start(directory, environment, "--codes", codes)) {
      service.url();
      learners.begin(LEARNERS);
      Waiting.until("messages went out", () -> twilio.messages().size() > 2 * LEARNERS);
      assertThat(service.terminate(Duration.ofSeconds(30))).isEqualTo(ServiceProcess.TERMINATED);
      assertThat(service.err()).doesNotContain("ERROR").doesNotContain("Exception");
    }
  }
}

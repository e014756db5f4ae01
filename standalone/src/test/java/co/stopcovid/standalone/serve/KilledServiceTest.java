package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.Fault;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed with kill -9 at random moments, now and then its PostgreSQL too or alone,
 * and started again, while learners do drills. Each learner must get exactly the messages that the
 * engine in memory has for the same input, in order and without a repeat; each message that was
 * acknowledged must have been processed exactly once.
 *
 * <p>Ten times in a normal build. {@code -Ddialog.kill.cycles=1000} asks for more, {@code
 * -Ddialog.kill.seed=…} for the seed of a run that was printed.
 */
@Order(1) // Takes long.
class KilledServiceTest {
  private static final int CYCLES = Integer.getInteger("dialog.kill.cycles", 10);
  private static final long SEED = Long.getLong("dialog.kill.seed", System.nanoTime());
  private static final int LEARNERS_A_CYCLE = 6;
  private static final int LONGEST_LIFE = 1_500;
  private static final int LOST_ANSWERS = 50;

  /** What was sent last may still be in doubt at the end. */
  private static final String UNSENT =
      "select count(*) from outbound_messages where state not in ('SENT', 'SENDING')";

  /**
   * A message that a kill leaves in doubt is settled after half a minute; while kills go on, those
   * of one learner may be left so one after the other.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(3).plusSeconds(5L * CYCLES);

  @TempDir private static Path directory;

  private final Path data = directory.resolve("data");
  private final RandomGenerator random = new Random(SEED);
  private final FakeTwilio twilio = new FakeTwilio(InstantSource.system());

  @Test
  void nothingIsLostAndNothingIsDoneTwice() throws Exception {
    System.out.printf("KilledServiceTest: cycles %d, seed %d%n", CYCLES, SEED);
    var faults = new Random(SEED);
    twilio.rule(to -> faults.nextInt(LOST_ANSWERS) == 0 ? Fault.LOST_ANSWER : Fault.NONE);
    int port = ServiceProcess.freePort();
    var listening = URI.create("http://127.0.0.1:" + port);
    var webhooks = new TwilioWebhooks(twilio, ServiceUnderTest.PUBLIC, listening);
    try (twilio;
        var learners = new Learners(twilio, webhooks, SEED, 2, PATIENCE)) {
      for (int cycle = 1; cycle <= CYCLES; cycle++) {
        try (ServiceProcess service = start(port)) {
          service.url();
          int before = twilio.messages().size();
          learners.begin(LEARNERS_A_CYCLE);
          if (random.nextBoolean()) {
            Waiting.until("messages go out", () -> twilio.messages().size() > before);
          }
          liveAndDie(service);
        }
      }
      try (ServiceProcess last = start(port)) {
        learners.awaitAll();
        assertThat(last.terminate(Duration.ofSeconds(30))).isEqualTo(ServiceProcess.TERMINATED);
      }
      assertHistories(learners);
    }
  }

  private ServiceProcess start(int port) throws IOException {
    Map<String, String> environment = ServiceUnderTest.environment(twilio, "");
    environment.put("DIALOG_PORT", Integer.toString(port));
    environment.put("DIALOG_DATA_DIR", data.toString());
    return ServiceProcess.start(
        directory, environment, "--codes", Learners.codes(directory).toString());
  }

  private void liveAndDie(ServiceProcess service) throws Exception {
    int life = random.nextInt(LONGEST_LIFE);
    int way = random.nextInt(4);
    Thread.sleep(life);
    if (way == 0) {
      killPostgres();
      Thread.sleep(LONGEST_LIFE - life);
    }
    service.kill();
    if (way == 1) {
      killPostgres();
    }
    assertThat(service.err())
        .doesNotContainPattern("1[0-9]{3}5550[0-9]{3}")
        .doesNotContain(FakeTwilio.AUTH_TOKEN)
        .doesNotContain(ServiceUnderTest.TOKEN);
  }

  private void killPostgres() throws IOException {
    String pid = Files.readAllLines(data.resolve("cluster/postmaster.pid")).getFirst();
    // Never another process that has the number by now.
    ProcessHandle.of(Long.parseLong(pid.strip()))
        .filter(process -> process.info().command().orElse("").endsWith("postgres"))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  private void assertHistories(Learners learners) {
    try (EmbeddedDatabase postgres = EmbeddedDatabase.start(data);
        var connections = Connections.open(postgres.url(), 2)) {
      var database = new Database(connections);
      var versions = new PostgresDrillVersions(database, ServiceUnderTest.teaching().languages());
      var store = new PostgresDialogStore(database, versions);
      for (Learner learner : learners.all()) {
        ExpectedConversation expected = learner.expected();
        List<EventBatch> stored = store.after(expected.phone(), 0, 1_000);
        assertThat(ExpectedConversation.outline(stored))
            .isEqualTo(ExpectedConversation.outline(expected.batches()));
        assertThat(twilio.textsTo(expected.phone().value())).isEqualTo(expected.texts());
      }
      DatabaseUrl url = postgres.url();
      assertThat(DurablePostgres.number(url, "select count(*) from inbound_messages"))
          .isEqualTo(learners.said());
      assertThat(DurablePostgres.number(url, UNSENT)).isZero();
      assertThat(DurablePostgres.number(url, "select count(*) from dead_letters")).isZero();
    }
  }
}

package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.Fault;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a learner waits whose message was just being handed over when the service was killed
 * with kill -9, and was started again at once. Whether the provider took the message is thrown by a
 * seed; its list has it some time later. Prints the distribution and the messages that came twice.
 *
 * <p>A few times in a normal build; {@code -Ddialog.kill.replies=200} asks for more.
 */
@Order(1) // Takes long.
class KillToReplyTest {
  private static final int KILLS = Integer.getInteger("dialog.kill.replies", 3);
  private static final long SEED = Long.getLong("dialog.kill.seed", System.nanoTime());
  private static final Duration LIST_LAG = Duration.ofSeconds(2);

  /**
   * From when the service listens again, which a machine under load takes its time for. Eight
   * seconds from the kill on a machine of its own.
   */
  private static final Duration MOST = Duration.ofSeconds(12);

  @TempDir private Path directory;

  private final Random random = new Random(SEED);
  private final FakeTwilio twilio = new FakeTwilio(InstantSource.system());
  private final AtomicReference<@Nullable ServiceProcess> victim = new AtomicReference<>();
  private volatile String learner = "";
  private volatile boolean takes;
  private volatile long killed;

  @Test
  void theReplyComesSoonAndOnce() throws Exception {
    System.out.printf("KillToReplyTest: kills %d, seed %d%n", KILLS, SEED);
    twilio.listLag(LIST_LAG);
    twilio.rule(this::killInMidSend);
    int port = ServiceProcess.freePort();
    var webhooks =
        new TwilioWebhooks(twilio, ServiceUnderTest.PUBLIC, URI.create("http://127.0.0.1:" + port));
    List<Long> starts = new ArrayList<>();
    List<Long> lost = new ArrayList<>();
    List<Long> taken = new ArrayList<>();
    List<Long> waits = new ArrayList<>();
    int doubled = 0;
    ServiceProcess service = start(port);
    try {
      service.url();
      for (int kill = 1; kill <= KILLS; kill++) {
        String phone = "+1202555%04d".formatted(100 + kill);
        learner = phone;
        takes = random.nextBoolean();
        ServiceProcess current = service;
        Waiting.until("it works", () -> current.err().contains("this process works"));
        victim.set(service);
        assertThat(webhooks.receive(phone, "acme").statusCode()).isEqualTo(200);
        Waiting.until("it is killed", () -> !current.isAlive());
        long began = killed;
        service = start(port);
        service.url();
        starts.add(millisSince(began));
        // Who got the reply answers, and is answered once the one before is settled.
        if (takes) {
          assertThat(webhooks.receive(phone, "1").statusCode()).isEqualTo(200);
        }
        twilio.awaitTexts(phone, takes ? 3 : 1, Duration.ofMinutes(2));
        (takes ? taken : lost).add(millisSince(began));
        waits.add(millisSince(began) - starts.getLast());
        List<String> texts = twilio.textsTo(phone);
        doubled += texts.size() - (int) texts.stream().distinct().count();
      }
    } finally {
      service.close();
      twilio.close();
    }
    System.out.printf(
        "from kill to listening %s; to the reply that the provider did not have %s; to the next one"
            + " after a reply that it had %s; messages twice %d of %d%n",
        distribution(starts), distribution(lost), distribution(taken), doubled, KILLS);
    assertThat(doubled).isZero();
    assertThat(waits).allSatisfy(millis -> assertThat(millis).isLessThan(MOST.toMillis()));
  }

  /** The request is at the provider, and its answer finds nobody. */
  private Fault killInMidSend(String phone) {
    ServiceProcess service = phone.equals(learner) ? victim.getAndSet(null) : null;
    if (service == null) {
      return Fault.NONE;
    }
    killed = System.nanoTime();
    service.kill();
    return takes ? Fault.NONE : Fault.LOST_REQUEST;
  }

  private ServiceProcess start(int port) {
    Map<String, String> environment = ServiceUnderTest.environment(twilio, "");
    environment.put("DIALOG_PORT", Integer.toString(port));
    environment.put("DIALOG_DATA_DIR", directory.resolve("data").toString());
    try {
      return ServiceProcess.start(
          directory, environment, "--codes", Learners.codes(directory).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }

  private static String distribution(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return sorted.isEmpty()
        ? "(none)"
        : "(n %d, p50 %d, p90 %d, p99 %d, most %d ms)"
            .formatted(
                sorted.size(), at(sorted, 50), at(sorted, 90), at(sorted, 99), sorted.getLast());
  }

  private static long at(List<Long> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}

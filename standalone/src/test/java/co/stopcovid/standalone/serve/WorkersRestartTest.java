package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.TestClock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The workers end and begin again as the lease is lost and taken, and leave nothing behind. */
@Isolated("it counts the threads of the process")
class WorkersRestartTest {
  private static final String ANA = "+12025550101";
  private static final int RESTARTS = 3;
  private static final int MOST_CONNECTIONS = 14;
  private static final List<String> WORKERS = List.of("dialog", "messages", "sender", "progress");

  private final TestClock clock = new TestClock(ServiceUnderTest.MORNING);

  @Test
  void nothingGrowsWithTheTakeovers() throws Exception {
    try (var service = ServiceUnderTest.start(clock, Map.of())) {
      service.exchange(ANA, "acme", "Hygiene course");
      service.exchange(ANA, "1", "Welcome!", "What is your first name?");
      // What is in doubt at a takeover is settled later, by a clock that stands still here.
      Waiting.until(
          "the answers are written",
          () ->
              service.number("select count(*) from outbound_messages where state = 'SENDING'")
                  == 0);
      for (int restart = 1; restart <= RESTARTS; restart++) {
        DurablePostgres.execute(
            service.url, "update leases set epoch = epoch + 1, expires_time = '-infinity'");
        Waiting.until("the workers notice", () -> !service.service.isLeading());
        Waiting.until("they begin again", service.service::isLeading);
        assertThat(workers()).isEqualTo(oneOfEach());
      }
      service.exchange(ANA, "Ana", "Thank you Ana", "Water alone");
      assertThat(
              service.number(
                  "select count(*) from pg_stat_activity where datname = current_database()"))
          .isLessThanOrEqualTo(MOST_CONNECTIONS + 1);
    }
    assertThat(workers()).isEmpty();
  }

  /**
   * An outage while the workers begin: those that had begun must not go on beside the next ones.
   */
  @Test
  void aStartThatFailsHalfwayIsTriedAgain() throws Exception {
    try (var service = ServiceUnderTest.start(clock, Map.of())) {
      service.exchange(ANA, "acme", "Hygiene course");
      DurablePostgres.execute(service.url, "alter table scheduled_tasks rename to hidden");
      DurablePostgres.execute(
          service.url, "update leases set epoch = epoch + 1, expires_time = '-infinity'");
      Waiting.until("the workers notice", () -> !service.service.isLeading());
      Waiting.until(
          "the lease is taken and the start fails",
          () -> service.number("select epoch from leases") > 2);
      Waiting.until("none is left", () -> workers().isEmpty());

      DurablePostgres.execute(service.url, "alter table hidden rename to scheduled_tasks");
      Waiting.until("they begin again", service.service::isLeading);
      assertThat(workers()).isEqualTo(oneOfEach());
      service.exchange(ANA, "1", "Welcome!", "What is your first name?");
    }
  }

  private static Map<String, Long> oneOfEach() {
    return WORKERS.stream().collect(Collectors.toMap(name -> name, name -> 1L));
  }

  private static Map<String, Long> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(WORKERS::contains)
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }
}

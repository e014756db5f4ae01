package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.desk.Lags;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresBacklogTest {
  private final TestDatabase postgres = new TestDatabase();
  private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private final PostgresBacklog backlog =
      new PostgresBacklog(postgres.database, List.of("dialog"), List.of("progress", "sms"), clock);
  private final PostgresCheckpoints checkpoints = new PostgresCheckpoints(postgres.database);

  @AfterEach
  void close() {
    postgres.close();
  }

  private Lags.Lag lag(String consumer) {
    return backlog.read().lags().stream()
        .filter(lag -> lag.consumer().equals(consumer))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onNoDataNothingWaits() {
    assertThat(backlog.read())
        .isEqualTo(
            new Backlog(
                List.of(
                    new Lags.Lag("dialog", 0, Duration.ZERO),
                    new Lags.Lag("progress", 0, Duration.ZERO),
                    new Lags.Lag("sms", 0, Duration.ZERO)),
                0,
                0,
                0,
                0,
                0,
                0,
                0));
  }

  @Test
  void commandsWaitFromTheCheckpointOn() {
    try (var log = new PostgresCommandLog(postgres.database, () -> {})) {
      var start = new DialogCommand.StartDrill(Samples.newLearner(), new DrillSlug("01-soap"));
      log.append(List.of(new NewCommand(start, "key"), new NewCommand(start)));
      clock.advance(Duration.ofHours(1));
      assertThat(lag("dialog").behind()).isEqualTo(2);
      assertThat(lag("dialog").age()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));

      checkpoints.save("dialog", 1);
      assertThat(lag("dialog").behind()).isEqualTo(1);
      checkpoints.save("dialog", 2);
      // Takes a position that nothing stands at.
      log.append(List.of(new NewCommand(start, "key")));
      assertThat(lag("dialog")).isEqualTo(new Lags.Lag("dialog", 0, Duration.ZERO));
    }
  }

  @Test
  void batchesWaitForEachConsumerByItself() {
    postgres.execute("update event_feed_head set last_position = 3");
    for (int i = 1; i <= 3; i++) {
      postgres.execute(
          "insert into event_batches values (%d, '+12025550101', %d, '{\"created_time\":\"%s\"}')"
              .formatted(i, i, clock.instant().minusSeconds(100 - i * 10L)));
    }
    checkpoints.save("progress", 2);

    assertThat(lag("progress").behind()).isEqualTo(1);
    assertThat(lag("progress").age()).isEqualTo(Duration.ofSeconds(70));
    assertThat(lag("sms").behind()).isEqualTo(3);
    assertThat(lag("sms").age()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void whatWaitsElsewhereIsCounted() {
    Instant now = clock.instant();
    postgres.execute(
        "insert into outbound_due values ('+12025550101', 1, 0, '%s', 1, 0), ('+12025550102', 1, 0, '%s', 1, 0)"
            .formatted(now.minusSeconds(1), now.plusSeconds(1)));
    postgres.execute(
        "insert into dead_letters (source, source_id, payload, reason) values ('x', '1', '', '')");
    postgres.execute(
        """
        insert into waiting_commands values
          ('+12025550101', 1, 1, now(), '', '{1,2}', '{"",""}'),
          ('+12025550102', 2, 1, now(), '', '{3}', '{""}')
        """);
    postgres.execute(
        """
        insert into inbound_messages values
          ('+12025550101', 1, now(), null, '', '', true),
          ('+12025550101', 2, now(), null, '', '', false)
        """);

    Backlog read = backlog.read();
    assertThat(read.openLearners()).isEqualTo(2);
    assertThat(read.dueLearners()).isEqualTo(1);
    assertThat(read.parkedMessages()).isZero();
    assertThat(read.deadLetters()).isEqualTo(1);
    assertThat(read.waitingLearners()).isEqualTo(2);
    assertThat(read.unhandledMessages()).isEqualTo(1);
  }
}

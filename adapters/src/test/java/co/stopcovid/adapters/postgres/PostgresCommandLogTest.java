package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.CommandStreamContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresCommandLogTest extends CommandStreamContract {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final PostgresCommandLog LOG = log(POSTGRES.database);
  private static final PostgresCommandLog SECOND = log(POSTGRES.second());

  /** Has appended nothing itself, so that it knows what is stored and nothing else. */
  private static final PostgresCommandLog STORED = log(POSTGRES.second());

  private static PostgresCommandLog log(Database database) {
    return new PostgresCommandLog(database, () -> {});
  }

  @AfterAll
  static void close() {
    LOG.close();
    STORED.close();
    SECOND.close();
    POSTGRES.close();
  }

  @Override
  protected CommandStream stream() {
    return LOG;
  }

  @Override
  protected CommandStream secondStream() {
    return SECOND;
  }

  @Override
  protected List<SequencedCommand> commands() {
    return STORED.after(0, 100_000).stream()
        .map(
            entry ->
                new SequencedCommand(
                    SequenceNumber.of(entry.position()), CommandCodec.decode(entry.payload())))
        .toList();
  }

  @Test
  void whoHoldsLocksWaitsNoLongerThanIsSaid() {
    List<NewCommand> commands = List.of(new NewCommand(command("one").command(), "held up"));
    POSTGRES.database.write(
        handle -> {
          handle.execute("select 1 from command_log_head for update");
          assertThatThrownBy(() -> SECOND.within(Duration.ofMillis(50)).append(commands))
              .isInstanceOf(StorageException.class)
              .hasMessageContaining("PT0.05S");
          return 0;
        });

    assertThat(SECOND.append(commands)).as("once, whenever it was stored").hasSize(1);
    assertThat(SECOND.append(commands)).isEqualTo(SECOND.append(commands));
  }

  @Test
  void anErrorEndsNoAppender() {
    var planted = new StackOverflowError("planted");
    Runnable failing =
        () -> {
          throw planted;
        };
    try (var log = new PostgresCommandLog(POSTGRES.second(), failing)) {
      log.append(List.of(command("one")));
      assertThat(log.append(List.of(command("two")))).hasSize(1);
    }
  }

  @Test
  void aReaderGoesOnBehindWhatItHas() {
    LOG.append(List.of(command("one"), command("two"), command("three")));
    List<PostgresCommandLog.Entry> all = STORED.after(0, 100_000);
    long twoBefore = all.get(all.size() - 3).position();

    assertThat(STORED.after(twoBefore, 1)).containsExactly(all.get(all.size() - 2));
    assertThat(STORED.after(twoBefore, 10)).isEqualTo(all.subList(all.size() - 2, all.size()));
    assertThat(LOG.lastPosition()).isEqualTo(all.getLast().position());
  }

  /** What the appender remembers must be what a reader finds stored, whoever appends meanwhile. */
  @Test
  void whoReadsOnTheHeelsOfTheAppenderReadsWhatIsStored() {
    var random = new Random(42);
    for (int round = 0; round < 60; round++) {
      long position = STORED.lastPosition();
      String repeated = "key " + random.nextInt(10);
      for (int i = random.nextInt(4); i >= 0; i--) {
        (random.nextInt(4) == 0 ? SECOND : LOG).append(commands(1 + random.nextInt(3)));
        if (random.nextInt(5) == 0) {
          LOG.append(List.of(command("new"), new NewCommand(command("x").command(), repeated)));
        }
      }
      for (long from = position; from < STORED.lastPosition(); from++) {
        int limit = 1 + random.nextInt(5);
        List<PostgresCommandLog.Entry> stored = STORED.after(from, limit);
        List<PostgresCommandLog.Entry> read = LOG.after(from, limit);
        assertThat(read)
            .extracting(PostgresCommandLog.Entry::payload)
            .isEqualTo(
                stored.stream().map(PostgresCommandLog.Entry::payload).limit(read.size()).toList());
        assertThat(read)
            .extracting(PostgresCommandLog.Entry::position)
            .isEqualTo(
                stored.stream()
                    .map(PostgresCommandLog.Entry::position)
                    .limit(read.size())
                    .toList());
        assertThat(read.isEmpty()).isEqualTo(stored.isEmpty());
      }
    }
  }

  @Test
  void manySubmittedAtOnceAreAllStoredInTheirOrder() throws Exception {
    List<CompletableFuture<List<SequenceNumber>>> pending = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      pending.add(LOG.submit(List.of(command("bulk"))));
    }
    List<SequenceNumber> numbers = new ArrayList<>();
    for (CompletableFuture<List<SequenceNumber>> future : pending) {
      numbers.addAll(future.get(30, TimeUnit.SECONDS));
    }
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void moreThanCanWaitIsRefusedAndTheRestIsStored() throws Exception {
    try (var database = new TestDatabase();
        var log = log(database.database)) {
      List<CompletableFuture<List<SequenceNumber>>> accepted = new ArrayList<>();
      database.database.write(
          handle -> {
            // Nothing can be stored meanwhile.
            handle.execute("update command_log_head set last_position = last_position");
            assertThatThrownBy(
                    () -> {
                      for (int i = 0; i < 100; i++) {
                        accepted.add(log.submit(commands(1_000)));
                      }
                    })
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("commands wait already");
            return 0;
          });
      for (CompletableFuture<List<SequenceNumber>> future : accepted) {
        assertThat(future.get(30, TimeUnit.SECONDS)).hasSize(1_000);
      }
      assertThat(log.waiting()).isZero();
      assertThat(log.append(List.of(command("later")))).hasSize(1);
    }
  }

  @Test
  void whatCannotBeStoredFailsAndTheNextIsStored() {
    try (var database = new TestDatabase();
        var log = log(database.database)) {
      database.execute("alter table commands add constraint no check (false) not valid");
      assertThatThrownBy(() -> log.append(List.of(command("lost"))))
          .isInstanceOf(StorageException.class);

      database.execute("alter table commands drop constraint no");
      assertThat(log.append(List.of(command("kept")))).hasSize(1);
      assertThat(log.after(0, 10)).hasSize(1);
    }
  }

  @Test
  void aClosedLogHasStoredWhatItTookAndTakesNoMore() throws Exception {
    try (var database = new TestDatabase()) {
      PostgresCommandLog log = log(database.database);
      CompletableFuture<List<SequenceNumber>> last = log.submit(commands(500));
      log.close();

      assertThat(last.get(1, TimeUnit.SECONDS)).hasSize(500);
      assertThatThrownBy(() -> log.append(List.of(command("late"))))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void oldCommandsAreDeletedSomeAtATime() {
    try (var database = new TestDatabase();
        var log = log(database.database)) {
      List<SequenceNumber> numbers = log.append(commands(10));
      database.execute("update commands set accepted_time = now() - interval '2 days'");
      log.append(commands(1));
      long eighth = numbers.get(7).value().longValueExact();

      assertThat(log.deleteUpTo(eighth, Duration.ofDays(3), 100)).isZero();
      assertThat(log.deleteUpTo(eighth, Duration.ofDays(1), 5)).isEqualTo(5);
      assertThat(log.deleteUpTo(eighth, Duration.ofDays(1), 5)).isEqualTo(3);
      try (var reader = log(database.second())) {
        assertThat(reader.after(0, 100)).hasSize(3);
      }
    }
  }

  private static NewCommand command(String body) {
    return new NewCommand(new ReceiveSms(new PhoneNumber("+12025550123"), body));
  }

  private static List<NewCommand> commands(int count) {
    return Samples.newLearners(count).stream()
        .map(phone -> new NewCommand(new ReceiveSms(phone, "x")))
        .toList();
  }
}

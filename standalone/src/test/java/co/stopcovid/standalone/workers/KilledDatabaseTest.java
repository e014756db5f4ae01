package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.testkit.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded PostgreSQL is killed while many append and the worker works. */
class KilledDatabaseTest {
  private static final int WRITERS = 4;
  private static final int KILLS = 3;
  private static final int BETWEEN_KILLS = 150;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  private final Map<String, PhoneNumber> acknowledged = new ConcurrentHashMap<>();
  private final Set<PhoneNumber> learners = new ConcurrentSkipListSet<>();
  private volatile boolean stopping;

  @Test
  void everyAcknowledgedCommandIsThereAndIsDoneOnce() throws Exception {
    try (var postgres = EmbeddedDatabase.start(directory)) {
      migrate(postgres);
      try (var side = new CommandSide(postgres.url())) {
        writeAndKill(side, postgres);
        CommandSide.workAll(side.worker());
        assertEachWasDoneOnce(side);
      }
    }
  }

  private void writeAndKill(CommandSide side, EmbeddedDatabase postgres) throws Exception {
    try (var loop = loop(side);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        writers.add(threads.submit(() -> write(side)));
      }
      try {
        for (int kill = 1; kill <= KILLS; kill++) {
          awaitAcknowledged(kill * BETWEEN_KILLS);
          ProcessHandle.of(postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        awaitAcknowledged((KILLS + 1) * BETWEEN_KILLS);
      } finally {
        stopping = true;
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertThat(loop.isAlive()).isTrue();
    }
  }

  private static void migrate(EmbeddedDatabase postgres) {
    try (var connections = Connections.open(postgres.url(), 2)) {
      Migrations.check(new Database(connections));
      Migrations.migrate(postgres.url());
    }
  }

  private static WorkLoop loop(CommandSide side) {
    DialogWorker worker = side.worker(Fence.NONE, handled -> {});
    return new WorkLoop("dialog", worker::work, new Signal(), Duration.ofMillis(5), () -> {});
  }

  /** Sends each message until it is acknowledged, as the SMS provider does. */
  private void write(CommandSide side) {
    PhoneNumber phone = Samples.newLearner();
    learners.add(phone);
    for (int i = 0; !stopping; i++) {
      String key = phone.value() + " message " + i;
      var command = new NewCommand(new ReceiveSms(phone, key), key);
      for (boolean sent = false; !sent; ) {
        try {
          side.log.append(List.of(command));
          sent = true;
        } catch (StorageException e) {
          // Whether it is stored is not known: it is sent again.
        }
      }
      acknowledged.put(key, phone);
    }
  }

  private void awaitAcknowledged(int count) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (acknowledged.size() < count) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(5);
    }
  }

  /** None of the texts is a code, so each makes one event; the time of learning differs. */
  private void assertEachWasDoneOnce(CommandSide side) {
    Set<String> stored = new HashSet<>();
    side.log.after(0, 1_000_000).forEach(entry -> stored.add(entry.payload()));
    assertThat(stored).hasSize(acknowledged.size());
    for (String key : acknowledged.keySet()) {
      assertThat(stored).anyMatch(payload -> payload.contains('"' + key + '"'));
    }
    for (PhoneNumber learner : learners) {
      List<EventBatch> batches = side.store.after(learner, 0, 1_000_000);
      long sent = acknowledged.values().stream().filter(learner::equals).count();
      assertThat(batches).hasSize((int) sent);
      assertThat(batches).extracting(EventBatch::seq).isSorted().doesNotHaveDuplicates();
    }
  }
}

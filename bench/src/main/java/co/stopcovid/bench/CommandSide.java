package co.stopcovid.bench;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.adapters.postgres.PostgresRegistrationCodes;
import co.stopcovid.adapters.postgres.RememberedDialogs;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.standalone.serve.Teaching;
import co.stopcovid.standalone.workers.DialogWorker;
import co.stopcovid.standalone.workers.Signal;
import co.stopcovid.standalone.workers.WorkLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The command side alone, as {@code serve} runs it but without the inbox of learners' messages:
 * append, decide, commit of state and batch.
 */
final class CommandSide {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LEASE = Duration.ofSeconds(1);

  private final Database database;
  private final Teaching teaching;
  private final int underWay;
  private final Signal signal = new Signal();

  /**
   * @param database with the tables and nothing in them
   * @param underWay commands at one time
   */
  CommandSide(Database database, Teaching teaching, int underWay) {
    this.database = database;
    this.teaching = teaching;
    this.underWay = underWay;
  }

  /** Commands a second. */
  double perSecond(int learners, int commands) throws InterruptedException {
    new PostgresRegistrationCodes(database).put(Script.CODES);
    try (var log = new PostgresCommandLog(database, signal::raise)) {
      DialogWorker worker = worker(log);
      var traffic = new CourseTraffic(teaching.drills(), learners, System.nanoTime());
      run(log, worker, traffic, 0, learners);
      return run(log, worker, traffic, learners, commands);
    }
  }

  private DialogWorker worker(PostgresCommandLog log) {
    Optional<Lease> lease = Optional.empty();
    while (lease.isEmpty()) {
      lease = Lease.take(database, "bench", "bench", LEASE);
    }
    var versions = new PostgresDrillVersions(database, teaching.languages());
    var engine =
        new DialogEngine(
            new RememberedDialogs(new PostgresDialogStore(database, versions), database),
            versions,
            teaching.drills(),
            new PostgresRegistrationCodes(database),
            teaching.keywords(),
            InstantSource.system());
    return new DialogWorker(
        database,
        lease.get(),
        log,
        new PostgresDeadLetters(database),
        engine,
        teaching.keywords(),
        InstantSource.system(),
        handled -> {});
  }

  private double run(
      PostgresCommandLog log, DialogWorker worker, CourseTraffic traffic, long first, int commands)
      throws InterruptedException {
    var room = new Semaphore(underWay);
    long start = System.nanoTime();
    WorkLoop loop =
        new WorkLoop("dialog", () -> release(room, worker.work()), signal, POLL, () -> {});
    try {
      for (long i = first; i < first + commands; i++) {
        room.acquire();
        var _ = log.submit(List.of(traffic.command(i)));
      }
      room.acquire(underWay);
    } finally {
      loop.close();
    }
    return commands * 1e9 / (System.nanoTime() - start);
  }

  private static int release(Semaphore room, int taken) {
    room.release(taken);
    return taken;
  }
}

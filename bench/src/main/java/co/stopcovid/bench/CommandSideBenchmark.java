package co.stopcovid.bench;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.adapters.postgres.PostgresRegistrationCodes;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.workers.DialogWorker;
import co.stopcovid.standalone.workers.Signal;
import co.stopcovid.standalone.workers.WorkLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Commands per second of the command side on the embedded PostgreSQL: append, decide, commit of
 * state and batch; then what the same PostgreSQL does with one small transaction a command.
 * Arguments: data directory, learners, commands, commands under way at once.
 */
public final class CommandSideBenchmark {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LAP = 50_000;

  private final EmbeddedDatabase postgres;
  private final Database database;
  private final int underWay;
  private final LanguageTables tables = BuiltInLanguages.load();
  private final Keywords keywords = new Keywords(tables);
  private final DrillCatalogue catalogue =
      CourseReader.read(Path.of(System.getProperty("project.root", "."), "content"))
          .publish(tables);
  private final Signal signal = new Signal();

  private CommandSideBenchmark(EmbeddedDatabase postgres, Database database, int underWay) {
    this.postgres = postgres;
    this.database = database;
    this.underWay = underWay;
  }

  public static void main(String[] args) throws Exception {
    int learners = Integer.parseInt(args[1]);
    int commands = Integer.parseInt(args[2]);
    int underWay = Integer.parseInt(args[3]);
    try (var postgres = EmbeddedDatabase.start(Path.of(args[0]));
        var connections = Connections.open(postgres.url(), 10)) {
      Migrations.migrate(postgres.url());
      new CommandSideBenchmark(postgres, new Database(connections), underWay)
          .run(learners, commands);
      System.out.printf(
          "small transactions a second: %.0f%n", SmallTransactions.perSecond(connections, LIMIT));
    }
  }

  private void run(int learners, int commands) throws Exception {
    new PostgresRegistrationCodes(database)
        .put(
            Map.of(
                new RegistrationCode("acme"),
                new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme")))));
    try (var log = new PostgresCommandLog(database, signal::raise)) {
      DialogWorker worker = worker(log);
      int left;
      do {
        left = worker.work();
      } while (left > 0);
      measure(log, worker, new CourseTraffic(catalogue, learners, System.nanoTime()), commands);
    }
  }

  private DialogWorker worker(PostgresCommandLog log) {
    Optional<Lease> lease = Optional.empty();
    while (lease.isEmpty()) {
      lease = Lease.take(database, "bench", "bench", LEASE);
    }
    var versions = new PostgresDrillVersions(database, tables);
    var engine =
        new DialogEngine(
            new PostgresDialogStore(database, versions),
            versions,
            catalogue,
            new PostgresRegistrationCodes(database),
            keywords,
            InstantSource.system());
    return new DialogWorker(
        database,
        lease.get(),
        log,
        new PostgresDeadLetters(database),
        engine,
        keywords,
        InstantSource.system(),
        handled -> {});
  }

  private void measure(
      PostgresCommandLog log, DialogWorker worker, CourseTraffic traffic, int commands)
      throws Exception {
    var room = new Semaphore(underWay);
    long bytesBefore = walBytes();
    ProcessorTime usedBefore = ProcessorTime.now(postgres.pid());
    long start = System.nanoTime();
    WorkLoop loop =
        new WorkLoop("dialog", () -> release(room, worker.work()), signal, POLL, () -> {});
    try {
      ProcessorTime used = usedBefore;
      long lap = start;
      for (long i = 1; i <= commands; i++) {
        room.acquire();
        var _ = log.submit(List.of(traffic.command(i)));
        if (i % LAP == 0) {
          ProcessorTime now = ProcessorTime.now(postgres.pid());
          long time = System.nanoTime();
          System.out.printf("%d: %.0f/s, %s%n", i, LAP * 1e9 / (time - lap), now.since(used, LAP));
          used = now;
          lap = time;
        }
      }
      room.acquire(underWay);
    } finally {
      loop.close();
    }
    System.out.printf(
        "commands a second: %.0f, bytes of WAL a command: %d, %s%n",
        commands * 1e9 / (System.nanoTime() - start),
        (walBytes() - bytesBefore) / commands,
        ProcessorTime.now(postgres.pid()).since(usedBefore, commands));
  }

  private static int release(Semaphore room, int taken) {
    room.release(taken);
    return taken;
  }

  private long walBytes() {
    return database.read(
        handle ->
            handle
                .createQuery("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
                .mapTo(Long.class)
                .one());
  }
}

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
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.Prompt;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.workers.DialogWorker;
import co.stopcovid.standalone.workers.Signal;
import co.stopcovid.standalone.workers.WorkLoop;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Commands per second of the command side on the embedded PostgreSQL: append, decide, commit of
 * state and batch. Arguments: data directory, learners, commands, commands under way at once.
 */
public final class CommandSideBenchmark {
  private static final Duration POLL = Duration.ofMillis(250);

  private CommandSideBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    int learners = Integer.parseInt(args[1]);
    int commands = Integer.parseInt(args[2]);
    int underWay = Integer.parseInt(args[3]);
    try (var postgres = EmbeddedDatabase.start(directory);
        var pool = Connections.open(postgres.url(), 10)) {
      Migrations.migrate(pool);
      new Run(postgres, pool, learners, underWay).run(commands);
      System.out.printf(
          "small transactions per second %.0f%n",
          SmallTransactions.perSecond(pool, Duration.ofSeconds(10)));
    }
  }

  private static final class Run {
    private final Database database;
    private final int learners;
    private final int underWay;
    private final LanguageTables tables = BuiltInLanguages.load();
    private final Keywords keywords = new Keywords(tables);
    private final DrillCatalogue catalogue =
        CourseReader.read(Path.of(System.getProperty("project.root", "."), "content"))
            .publish(tables);
    private final List<String> script = new ArrayList<>();

    private final EmbeddedDatabase postgres;

    Run(EmbeddedDatabase postgres, HikariDataSource pool, int learners, int underWay) {
      this.postgres = postgres;
      this.database = new Database(pool);
      this.learners = learners;
      this.underWay = underWay;
      script.add("acme");
      for (DrillVersion drill : catalogue.all()) {
        script.add("/" + drill.slug());
        for (Prompt prompt : drill.drill().prompts()) {
          if (drill.drill().isLast(prompt)) {
            break;
          }
          if (prompt.isGraded()) {
            script.add("I do not know");
            script.add(drill.in(null).prompt(prompt.slug()).correctAnswer());
          } else {
            script.add("en");
          }
        }
      }
    }

    private NewCommand command(long run, long index) {
      var phone = new PhoneNumber("+1%010d".formatted(2_000_000_000L + index % learners));
      String text = script.get((int) (index / learners % script.size()));
      if (text.startsWith("/")) {
        return new NewCommand(
            new DialogCommand.StartDrill(
                phone,
                catalogue.all().stream()
                    .filter(d -> d.slug().value().equals(text.substring(1)))
                    .findFirst()
                    .orElseThrow()
                    .slug()));
      }
      String sid = "SM%016x%016x".formatted(run, index * 0x9E3779B97F4A7C15L);
      return new NewCommand(
          new DialogCommand.ReceiveSms(phone, text, webhook(sid, phone, text)), sid);
    }

    private static Map<String, String> webhook(String sid, PhoneNumber phone, String text) {
      return Map.of(
          "MessageSid",
          sid,
          "AccountSid",
          "AC0123456789abcdef0123456789abcdef",
          "MessagingServiceSid",
          "MG0123456789abcdef0123456789abcdef",
          "From",
          phone.value(),
          "To",
          "+12025550100",
          "Body",
          text,
          "NumSegments",
          "1",
          "NumMedia",
          "0",
          "FromCountry",
          "US",
          "ApiVersion",
          "2010-04-01");
    }

    void run(int commands) throws Exception {
      new PostgresRegistrationCodes(database)
          .put(
              Map.of(
                  new RegistrationCode("acme"),
                  new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme")))));
      var versions = new PostgresDrillVersions(database, tables);
      var store = new PostgresDialogStore(database, versions);
      var engine =
          new DialogEngine(
              store,
              versions,
              catalogue,
              new PostgresRegistrationCodes(database),
              keywords,
              InstantSource.system());
      Optional<Lease> lease = Optional.empty();
      while (lease.isEmpty()) {
        lease = Lease.take(database, "bench", "bench", Duration.ofSeconds(1));
      }
      var signal = new Signal();
      var done = new AtomicLong();
      var room = new Semaphore(underWay);
      long run = System.nanoTime();
      try (var log = new PostgresCommandLog(database, signal::raise)) {
        var worker =
            new DialogWorker(
                database,
                lease.get(),
                log,
                new PostgresDeadLetters(database),
                engine,
                keywords,
                InstantSource.system(),
                handled -> {});
        while (worker.work() > 0) {}
        String before = database.read(h -> wal(h));
        long start = System.nanoTime();
        try (var loop =
            new WorkLoop(
                "dialog",
                () -> {
                  int taken = worker.work();
                  room.release(taken);
                  done.addAndGet(taken);
                  return taken;
                },
                signal,
                POLL,
                () -> {})) {
          long mark = start;
          double[] cpuMark = cpu();
          for (long i = 0; i < commands; i++) {
            room.acquire();
            log.submit(List.of(command(run, i)));
            if (i % 50_000 == 49_999) {
              long now = System.nanoTime();
              double[] used = cpu();
              System.out.printf(
                  "  %d: %.0f/s; CPU microseconds a command: java %.1f (command thread %.1f) postgres %.1f%n",
                  i + 1,
                  50_000 * 1e9 / (now - mark),
                  (used[0] - cpuMark[0]) / 50_000,
                  (used[2] - cpuMark[2]) / 50_000,
                  (used[1] - cpuMark[1]) / 50_000);
              mark = now;
              cpuMark = used;
            }
          }
          room.acquire(underWay);
          long end = System.nanoTime();
          System.out.printf(
              "commands %d done %d seconds %.2f per second %.0f%n",
              commands, done.get(), (end - start) / 1e9, commands * 1e9 / (end - start));
          System.out.println("before " + before);
          System.out.println("after  " + database.read(h -> wal(h)));
        }
      }
    }

    /** Microseconds of processor time so far: this process, PostgreSQL, this thread. */
    private double[] cpu() {
      var system =
          (com.sun.management.OperatingSystemMXBean)
              java.lang.management.ManagementFactory.getOperatingSystemMXBean();
      double server =
          ProcessHandle.of(postgres.pid())
              .orElseThrow()
              .descendants()
              .mapToDouble(
                  process ->
                      process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3)
              .sum();
      return new double[] {
        system.getProcessCpuTime() / 1e3,
        server,
        java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e3
      };
    }

    private static String wal(org.jdbi.v3.core.Handle handle) {
      return handle
          .createQuery(
              "select wal_records || ' records, ' || wal_fpi || ' fpi, ' || wal_bytes || ' bytes' from pg_stat_wal")
          .mapTo(String.class)
          .one();
    }
  }
}

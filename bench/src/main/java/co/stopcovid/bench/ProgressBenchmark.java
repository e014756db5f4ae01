package co.stopcovid.bench;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresCompletionReport;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillSchedule;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.adapters.postgres.PostgresDueLearners;
import co.stopcovid.adapters.postgres.PostgresEventArchive;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.QuietHours;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.Prompt;
import co.stopcovid.progress.CompletionReport;
import co.stopcovid.progress.Course;
import co.stopcovid.progress.LearnerHours;
import co.stopcovid.progress.NextDrillScheduler;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.progress.ProgressSettings;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.workers.ProgressSide;
import co.stopcovid.standalone.workers.ProgressWorker;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Progress on the embedded PostgreSQL: following event batches, rebuilding from them, and the daily
 * scheduler. Arguments: data directory, learners, event batches in a transaction.
 */
public final class ProgressBenchmark {
  private static final int MOST_IN_A_COMMIT = 500;

  private final EmbeddedDatabase postgres;
  private final Database database;
  private final int learners;
  private final int bulk;
  private final LanguageTables tables = BuiltInLanguages.load();
  private final DrillCatalogue catalogue =
      CourseReader.read(Path.of(System.getProperty("dialog.home", "."), "content")).publish(tables);

  private ProgressBenchmark(EmbeddedDatabase postgres, Database database, int learners, int bulk) {
    this.postgres = postgres;
    this.database = database;
    this.learners = learners;
    this.bulk = bulk;
  }

  public static void main(String[] args) {
    try (var postgres = EmbeddedDatabase.start(Path.of(args[0]));
        var pool = Connections.open(postgres.url(), 4)) {
      Migrations.migrate(postgres.url());
      new ProgressBenchmark(
              postgres, new Database(pool), Integer.parseInt(args[1]), Integer.parseInt(args[2]))
          .run();
    }
  }

  private void run() {
    var versions = new PostgresDrillVersions(database, tables);
    versions.put(catalogue.all());
    var dialogs = new PostgresDialogStore(database, versions);
    var store = new PostgresProgressStore(database);
    List<List<EventBatch>> steps = steps();
    int count = steps.size() * learners;
    store(steps, dialogs);
    var archive = new PostgresEventArchive(database, versions);
    measure(
        "rebuild from nothing",
        count,
        () -> new ProgressRebuild(archive, dialogs, store, catalogue, 10_000).run());
    measure(
        "rebuild without differences",
        count,
        () -> new ProgressRebuild(archive, dialogs, store, catalogue, 10_000).run());
    database.write(handle -> handle.execute("truncate users cascade"));
    measure(
        "follow, learners in turn",
        count,
        () -> {
          List<EventBatch> next = new ArrayList<>(bulk);
          for (int step = 0; step < steps.size(); step++) {
            for (int learner = 0; learner < learners; learner++) {
              next.add(as(steps.get(step).getFirst(), phone(learner)));
              if (next.size() == bulk) {
                store.apply(next, Course.of(catalogue));
                next.clear();
              }
            }
          }
          return store.apply(next, Course.of(catalogue));
        });
    database.write(handle -> handle.execute("truncate users cascade"));
    var hours =
        new LearnerHours(QuietHours.DEFAULT, phone -> Set.of(), ZoneId.of("America/New_York"));
    var worker =
        new ProgressWorker(
            new ProgressSide(
                database,
                Fence.NONE,
                versions,
                commands -> List.of(),
                catalogue,
                hours,
                ProgressSettings.DEFAULT,
                InstantSource.system()));
    measure(
        "follow the feed",
        count,
        () -> {
          int taken;
          do {
            taken = worker.work();
          } while (taken > 0);
          return worker.lag();
        });
    database.once(handle -> handle.execute("vacuum analyze"));
    var due = new PostgresDueLearners(database);
    InstantSource tomorrow = () -> Instant.now().plus(Duration.ofDays(1));
    measure(
        "schedule everybody",
        learners,
        () ->
            new NextDrillScheduler(
                    due,
                    new PostgresDrillSchedule(database),
                    catalogue,
                    hours,
                    ProgressSettings.DEFAULT,
                    tomorrow)
                .run());
    measure(
        "first page of the report",
        learners,
        () -> new PostgresCompletionReport(database).page(CompletionReport.Filter.ALL, null, 100));
  }

  /** Learners in turn, as they would write. */
  private void store(List<List<EventBatch>> steps, PostgresDialogStore dialogs) {
    List<DialogCommit> commits = new ArrayList<>();
    for (List<EventBatch> step : steps) {
      for (int learner = 0; learner < learners; learner++) {
        EventBatch batch = as(step.getFirst(), phone(learner));
        var state =
            new DialogState(batch.phone(), batch.seq(), batch.version(), batch.profile(), null);
        commits.add(new DialogCommit(batch.version() - 1, state, List.of(batch)));
        if (commits.size() == MOST_IN_A_COMMIT || learner == learners - 1) {
          dialogs.commit(commits);
          commits.clear();
        }
      }
    }
  }

  private static PhoneNumber phone(int learner) {
    return new PhoneNumber("+1202%07d".formatted(learner));
  }

  private static EventBatch as(EventBatch batch, PhoneNumber phone) {
    return new EventBatch(
        phone,
        batch.seq(),
        batch.version(),
        batch.createdTime(),
        batch.profile(),
        batch.events().stream().map(event -> Instances.of(event, phone)).toList());
  }

  /** What one learner's course comes to, batch by batch. */
  private List<List<EventBatch>> steps() {
    var engine =
        new DialogEngine(
            new InMemoryDialogStore(),
            new InMemoryDrillVersions(),
            catalogue,
            new InMemoryRegistrationCodes(
                Map.of(
                    new RegistrationCode("acme"),
                    new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme"))))),
            new Keywords(tables),
            InstantSource.system());
    PhoneNumber phone = phone(0);
    List<SequencedCommand> commands = new ArrayList<>();
    add(commands, new ReceiveSms(phone, "acme"));
    for (DrillVersion drill : catalogue.all().subList(0, catalogue.all().size() - 1)) {
      add(commands, new StartDrill(phone, drill.slug()));
      for (Prompt prompt : drill.drill().prompts()) {
        if (prompt.isGraded()) {
          add(commands, new ReceiveSms(phone, "I do not know"));
          add(commands, new ReceiveSms(phone, "I do not know"));
        } else if (!drill.drill().isLast(prompt)) {
          add(commands, new ReceiveSms(phone, "en"));
        }
      }
    }
    List<List<EventBatch>> steps = new ArrayList<>();
    for (Outcome outcome : engine.handle(commands)) {
      if (outcome instanceof Outcome.Committed committed) {
        steps.add(List.of(committed.batch()));
      }
    }
    return steps;
  }

  private static void add(List<SequencedCommand> commands, DialogCommand command) {
    commands.add(new SequencedCommand(SequenceNumber.of(commands.size() + 1L), command));
  }

  private interface Work {
    Object run();
  }

  private void measure(String what, long count, Work work) {
    double[] before = cpu();
    long start = System.nanoTime();
    Object result = work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    double[] after = cpu();
    System.out.printf(
        "%s: %d in %.1f s, %.0f/s; CPU microseconds each: java %.1f, postgres %.1f; %s%n",
        what,
        count,
        seconds,
        count / seconds,
        (after[0] - before[0]) / count,
        (after[1] - before[1]) / count,
        result instanceof List<?> list ? list.size() + " rows" : result);
  }

  /** Microseconds of processor time so far: this process, PostgreSQL. */
  private double[] cpu() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double server =
        ProcessHandle.of(postgres.pid())
            .orElseThrow()
            .descendants()
            .mapToDouble(
                process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3)
            .sum();
    return new double[] {system.getProcessCpuTime() / 1e3, server};
  }
}

package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.adapters.postgres.PostgresEventArchive;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.progress.EventArchive;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.standalone.cli.ContentOption;
import co.stopcovid.standalone.database.DatabaseVisit;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dialog manage rebuild}. */
@Command(
    name = "rebuild",
    description = {
      "Computes every learner's progress anew from the events, and puts right what is stored"
          + " otherwise.",
      "The service may run meanwhile. The exit status is 1 when learners were too busy to be done."
    },
    mixinStandardHelpOptions = true)
final class RebuildPart implements Callable<Integer> {
  private static final int PAGE = 10_000;
  private static final int REPORTED_EACH = 100_000;

  private final Visitor visitor;

  @Mixin final ContentOption drills = new ContentOption();

  RebuildPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public Integer call() {
    DrillCatalogue catalogue = visitor.wiring().drills(drills.folder());
    return visitor.visit(visit -> rebuild(visit, catalogue));
  }

  private int rebuild(DatabaseVisit visit, DrillCatalogue catalogue) {
    var versions = new PostgresDrillVersions(visit.database(), visitor.wiring().languageTables());
    long start = System.nanoTime();
    var archive =
        new Reporting(new PostgresEventArchive(visit.database(), versions), visitor.err(), start);
    ProgressRebuild.Result result =
        new ProgressRebuild(
                archive,
                new PostgresDialogStore(visit.database(), versions),
                new PostgresProgressStore(visit.database()),
                catalogue,
                PAGE)
            .run();
    PrintWriter out = visitor.out();
    out.println(
        "%d event batches, %s; %d learners put right, %d left"
            .formatted(
                result.batches(),
                rate(result.batches(), System.nanoTime() - start),
                result.corrected(),
                result.left()));
    out.flush();
    return result.left() == 0
        ? 0
        : visitor.failed("learners who wrote all the while were left as they are: run it again");
  }

  static String rate(long batches, long nanos) {
    double seconds = Math.max(nanos, 1) / 1e9;
    return "%.1f s, %.0f a second".formatted(seconds, batches / seconds);
  }

  /** Says now and then how far the reading has come. */
  private static final class Reporting implements EventArchive {
    private final EventArchive archive;
    private final PrintWriter err;
    private final long start;
    private long read;
    private long reported;

    Reporting(EventArchive archive, PrintWriter err, long start) {
      this.archive = archive;
      this.err = err;
      this.start = start;
    }

    @Override
    public List<EventBatch> page(@Nullable Position after, int limit) {
      List<EventBatch> page = archive.page(after, limit);
      read += page.size();
      if (read - reported >= REPORTED_EACH) {
        reported = read;
        err.println(
            "%d event batches read, %s".formatted(read, rate(read, System.nanoTime() - start)));
      }
      return page;
    }
  }
}

package co.stopcovid.standalone.manage;

import co.stopcovid.dialog.EventBatch;
import co.stopcovid.progress.EventArchive;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.cli.ContentOption;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

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
  private static final int REPORTED_EACH = 100_000;

  private final Visitor visitor;

  @Mixin final ContentOption drills = new ContentOption();

  RebuildPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public Integer call() {
    if (visitor.isRemote() && drills.folder() != null) {
      throw new UsageException("--drills is for the database: a running service has its own");
    }
    long start = System.nanoTime();
    var local =
        new Visitor.Local(drills.folder(), archive -> new Reporting(archive, visitor.err(), start));
    return visitor.ask(local, api -> rebuild(api, start));
  }

  private int rebuild(ApiClient api, long start) {
    JsonNode result = api.post("/progress/rebuild");
    long batches = result.path("batches").asLong();
    visitor.done(
        "%d event batches, %s; %s learners put right, %s left"
            .formatted(
                batches,
                rate(batches, System.nanoTime() - start),
                result.path("corrected"),
                result.path("left")));
    return result.path("left").asLong() == 0
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

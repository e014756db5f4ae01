package co.stopcovid.desk;

import co.stopcovid.progress.CompletionReport;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.progress.ScheduledDrill;
import co.stopcovid.progress.UpcomingDrills;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the learners are, what is about to be started, and who did what. */
public final class Reports {
  private final Performer performer;
  private final CompletionReport completion;
  private final UpcomingDrills upcoming;
  private final AuditLog audit;
  private final ProgressRebuild rebuild;
  private final Lags lags;
  private final InstantSource clock;

  Reports(Performer performer, DeskPorts ports) {
    this.performer = performer;
    this.completion = ports.completion();
    this.upcoming = ports.upcoming();
    this.audit = ports.audit();
    this.rebuild = ports.rebuild();
    this.lags = ports.lags();
    this.clock = ports.clock();
  }

  /** See {@link CompletionReport#page}. */
  public Result<List<CompletionReport.Row>> completion(
      Person by, CompletionReport.Filter filter, CompletionReport.@Nullable Row after, int limit) {
    return performer.look(
        by,
        Operation.REPORT_COMPLETION,
        () -> new Result.Done<>(completion.page(filter, after, limit)));
  }

  /** The drills that are to be started within a time from now, the earliest first. */
  public Result<List<ScheduledDrill>> schedule(Person by, Duration ahead, int limit) {
    return performer.look(
        by,
        Operation.SHOW_SCHEDULE,
        () -> {
          Instant until = clock.instant().plus(ahead);
          return new Result.Done<>(upcoming.until(until, limit));
        });
  }

  /** How far those who work in the background are behind. */
  public Result<List<Lags.Lag>> lags(Person by) {
    return performer.look(by, Operation.SHOW_LAGS, () -> new Result.Done<>(lags.now()));
  }

  /** Computes everybody's progress anew from the events. It may take minutes. */
  public Result<ProgressRebuild.Result> rebuild(Person by) {
    return performer.change(
        by,
        Operation.REBUILD_PROGRESS,
        Subject.Everything::new,
        () -> new Result.Done<>(rebuild.run()));
  }

  /** Who did what, the newest first; see {@link AuditLog#before}. */
  public Result<List<AuditLog.Stored>> audit(Person by, @Nullable Long before, int limit) {
    return performer.look(
        by, Operation.READ_AUDIT, () -> new Result.Done<>(audit.before(before, limit)));
  }
}

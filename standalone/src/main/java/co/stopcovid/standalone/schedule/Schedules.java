package co.stopcovid.standalone.schedule;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.standalone.workers.DialogWorker;
import co.stopcovid.standalone.workers.ProgressSide;
import co.stopcovid.standalone.workers.Signal;
import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what is to run at certain times, by the clock that is given, as long as this process is the
 * one that works. Every task may run twice, or in a process that was taken over from, without harm.
 */
public final class Schedules implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration CLOSING = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Well within the time by which they are scheduled ahead. */
  private static final Duration CHOSEN_EVERY = Duration.ofMinutes(5);

  private static final int FORGET_AT_ONCE = 5_000;

  private static final String INITIATOR = "initiator";
  private static final String CHOSEN_SESSIONS = "chosen-sessions";
  private static final String REMINDERS = "reminders";
  private static final String REPAIR = "repair";
  private static final String HOUSEKEEPING = "housekeeping";

  private final ProgressSide progress;
  private final ScheduleSettings settings;
  private final InstantSource clock;
  private final TaskFailure failure;
  private final Runnable whenFencedOff;
  private final PostgresCommandLog log;
  private final Database database;
  private final PostgresCheckpoints checkpoints;
  private final Signal somethingRan = new Signal();
  private final TaskRuns runs = new TaskRuns(somethingRan);
  private final Scheduler scheduler;

  private Schedules(
      ProgressSide progress,
      PostgresCommandLog log,
      Database database,
      DataSource connections,
      ScheduleSettings settings,
      InstantSource clock,
      Runnable whenFencedOff) {
    this.progress = progress;
    this.settings = settings;
    this.clock = clock;
    this.failure = new TaskFailure(this::stopPicking);
    this.whenFencedOff = whenFencedOff;
    this.log = log;
    this.database = database;
    this.checkpoints = new PostgresCheckpoints(database);
    this.scheduler =
        Scheduler.create(connections)
            .startTasks(tasks())
            .clock(clock::instant)
            .threads(tasks().size())
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .schedulerName(new SchedulerName.Fixed("dialog-engine"))
            .shutdownMaxWait(CLOSING)
            .addSchedulerListener(runs)
            .build();
  }

  /**
   * Starts the tasks.
   *
   * @param fence says whether this process may still write
   * @param connections to the same database
   * @param clock tells when something is due; it may be one that a test moves, see {@link #runDue}
   * @param whenFencedOff told when another process has taken over; must not wait for this one
   */
  public static Schedules start(
      ProgressSide progress,
      PostgresCommandLog log,
      Database unfenced,
      Fence fence,
      DataSource connections,
      ScheduleSettings settings,
      InstantSource clock,
      Runnable whenFencedOff) {
    Database database = unfenced.behind(fence);
    release(database);
    var schedules =
        new Schedules(progress, log, database, connections, settings, clock, whenFencedOff);
    schedules.countAnew();
    schedules.scheduler.start();
    return schedules;
  }

  /** What a process was at when it ended is nobody's now; its own late report counts no more. */
  private static void release(Database database) {
    String sql =
        """
        update scheduled_tasks
        set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
        where picked
        """;
    int released = database.write(handle -> handle.createUpdate(sql).execute());
    if (released > 0) {
      LOG.info("tasks taken over from an earlier process: tasks={}", released);
    }
  }

  /**
   * Brings tasks forward that wait longer than from one run to the next: the clock was set back
   * since they were planned.
   */
  public void countAnew() {
    String sql =
        """
        update scheduled_tasks set execution_time = ?, version = version + 1
        where task_name = ? and not picked and execution_time > ?
        """;
    Instant now = clock.instant();
    intervals()
        .forEach(
            (task, interval) ->
                database.write(
                    handle ->
                        handle
                            .createUpdate(sql)
                            .bind(0, now.atOffset(ZoneOffset.UTC))
                            .bind(1, task)
                            .bind(2, now.plus(interval).atOffset(ZoneOffset.UTC))
                            .execute()));
  }

  private Map<String, Duration> intervals() {
    return Map.of(
        INITIATOR, settings.initiatorInterval(),
        CHOSEN_SESSIONS, CHOSEN_EVERY,
        REMINDERS, settings.reminderInterval(),
        REPAIR, settings.repairInterval(),
        HOUSEKEEPING, settings.housekeepingInterval());
  }

  private List<RecurringTask<Void>> tasks() {
    return List.of(
        task("next-drills", new Daily(ZoneOffset.UTC, settings.dailyTime()), this::nextDrills),
        task(INITIATOR, every(settings.initiatorInterval()), progress::startDue),
        task(CHOSEN_SESSIONS, every(CHOSEN_EVERY), progress.chosenSessions()::run),
        task(REMINDERS, every(settings.reminderInterval()), progress.reminders()::run),
        task(REPAIR, every(settings.repairInterval()), progress.stuck()::retry),
        task(HOUSEKEEPING, every(settings.housekeepingInterval()), this::forgetCommands));
  }

  private RecurringTask<Void> task(String name, Schedule schedule, IntSupplier work) {
    return Tasks.recurring(name, schedule)
        .onFailure(failure)
        .execute(
            (instance, context) -> {
              int done = work.getAsInt();
              if (done > 0) {
                LOG.info("task has run: task={} done={}", name, done);
              }
            });
  }

  private static Schedule every(Duration interval) {
    return FixedDelay.of(interval);
  }

  private int nextDrills() {
    Optional<LocalDate> day =
        settings.progress().scheduledDay(clock.instant(), settings.dailyTime());
    if (day.isEmpty()) {
      LOG.warn("too late to schedule the day's drills: daily_time={}", settings.dailyTime());
      return 0;
    }
    return progress.scheduler().run(day.get());
  }

  private void stopPicking() {
    scheduler.pause();
    whenFencedOff.run();
  }

  private int forgetCommands() {
    long done = checkpoints.load(DialogWorker.CONSUMER);
    int forgotten = 0;
    int last;
    do {
      last = log.deleteUpTo(done, settings.keepCommands(), FORGET_AT_ONCE);
      forgotten += last;
    } while (last == FORGET_AT_ONCE);
    return forgotten;
  }

  /**
   * Runs what is due by the clock and waits until it is done, or another process has taken over.
   * For tests that move the clock: the tasks run in their own threads, as they always do.
   *
   * @throws IllegalStateException when it takes longer than a minute
   */
  public void runDue() throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<ScheduledExecution<Object>> due = due();
      if (due.isEmpty() || isStopped()) {
        return;
      }
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("still due after %s: %s".formatted(PATIENCE, due));
      }
      if (!due.stream().allMatch(ScheduledExecution::isPicked)) {
        scheduler.triggerCheckForDueExecutions();
      }
      somethingRan.await(POLL);
    }
  }

  private boolean isStopped() {
    return scheduler.getSchedulerState().isPaused() && scheduler.getCurrentlyExecuting().isEmpty();
  }

  private List<ScheduledExecution<Object>> due() {
    Instant now = clock.instant();
    List<ScheduledExecution<Object>> due = new ArrayList<>();
    scheduler.fetchScheduledExecutions(
        ScheduledExecutionsFilter.all(),
        execution -> {
          if (execution.isPicked() || !execution.getExecutionTime().isAfter(now)) {
            due.add(execution);
          }
        });
    return due;
  }

  /** The names of those that fail again and again. */
  public List<String> failing() {
    return runs.failing();
  }

  /** Lets the tasks under way come to their end, then stops. */
  @Override
  public void close() {
    scheduler.stop();
  }
}

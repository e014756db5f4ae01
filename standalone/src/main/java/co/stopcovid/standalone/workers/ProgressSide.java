package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.EventTail;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillSchedule;
import co.stopcovid.adapters.postgres.PostgresDueLearners;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.progress.ChosenSessions;
import co.stopcovid.progress.Course;
import co.stopcovid.progress.DrillInitiator;
import co.stopcovid.progress.LearnerHours;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.NextDrillScheduler;
import co.stopcovid.progress.ProgressSettings;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.progress.ProgressUpdater;
import co.stopcovid.progress.ReminderSender;
import co.stopcovid.running.Enrolment;
import co.stopcovid.running.ProgressFollowing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The use cases of progress on one PostgreSQL. Whatever they write themselves is behind the fence;
 * the commands that they append are not, but each has an idempotency key.
 */
public final class ProgressSide {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressSide.class);

  /** Under load progress is always some milliseconds behind. */
  private static final Duration CATCHING_UP = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(20);

  private final Database database;
  private final Fence fence;
  private final ProgressStore store;
  private final PostgresEventFeed feed;
  private final ProgressFollowing following;
  private final Enrolment enrolment;
  private final DrillCatalogue catalogue;
  private final DrillInitiator initiator;
  private final NextDrillScheduler scheduler;
  private final ChosenSessions chosenSessions;
  private final ReminderSender reminders;
  private final StuckLearners stuck;
  private List<DrillSlug> reached = List.of();

  /** Without the newest batches at hand. */
  public ProgressSide(
      Database unfenced,
      Fence fence,
      DrillVersions versions,
      CommandStream commands,
      DrillCatalogue catalogue,
      LearnerHours hours,
      ProgressSettings settings,
      InstantSource clock) {
    this(unfenced, fence, versions, new EventTail(), commands, catalogue, hours, settings, clock);
  }

  /**
   * @param fence says whether this process may still write
   * @param tail filled by the dialog store of this process
   */
  public ProgressSide(
      Database unfenced,
      Fence fence,
      DrillVersions versions,
      EventTail tail,
      CommandStream commands,
      DrillCatalogue catalogue,
      LearnerHours hours,
      ProgressSettings settings,
      InstantSource clock) {
    this.database = unfenced.behind(fence);
    this.catalogue = catalogue;
    this.fence = fence;
    this.store = PostgresProgressStore.remembering(database);
    this.feed = new PostgresEventFeed(database, versions, tail);
    var schedule = new PostgresDrillSchedule(database);
    var learners = new PostgresDueLearners(database);
    this.initiator =
        new DrillInitiator(store, schedule, commands, catalogue, hours, settings, clock);
    this.following =
        new ProgressFollowing(
            new ProgressUpdater(store, new PostgresDialogStore(database, versions), catalogue),
            initiator);
    // Whoever enrols new learners is this very process.
    this.enrolment = new Enrolment(catalogue, store, Duration.ZERO, clock);
    this.scheduler = new NextDrillScheduler(learners, schedule, catalogue, hours, settings, clock);
    this.chosenSessions =
        new ChosenSessions(learners, store, schedule, catalogue, hours, settings, clock);
    this.reminders = new ReminderSender(learners, commands, hours, settings, clock);
    this.stuck =
        new StuckLearners(
            database,
            fence,
            new PostgresDeadLetters(database),
            DeadLetter.PROGRESS,
            phone -> LearnerId.of(phone).toString(),
            this::catchUp,
            clock);
  }

  /** The learner gets the drill that was asked for meanwhile, too. */
  private boolean catchUp(PhoneNumber phone) {
    following.catchUp(phone);
    return true;
  }

  /** Makes sure that every learner has the rows of the course as it is published now. */
  void reachLearners() {
    List<DrillSlug> course = Course.of(catalogue);
    if (!course.equals(reached)) {
      enrolment.run(() -> true);
      reached = course;
    }
  }

  /**
   * Starts the drills that are due, unless the dialogs are behind what learners have written by
   * now, or progress behind the dialogs: it would not know of a drill that a learner has just asked
   * for, and start that once more.
   *
   * @return how many starts were appended; 0 as well when it is to be tried again later
   */
  public int startDue() {
    long end = System.nanoTime() + CATCHING_UP.toNanos();
    if (!awaitReached(DialogWorker.CONSUMER, PostgresCommandLog.newest(database), end)
        || !awaitReached(ProgressWorker.CONSUMER, feed.lastPosition(), end)) {
      LOG.warn("drills that are due wait for progress: lag={}", lag());
      return 0;
    }
    return initiator.startDue();
  }

  /**
   * @param end in the nanoseconds of this process
   * @return whether the consumer came to the position in time
   */
  private boolean awaitReached(String consumer, long position, long end) {
    while (reached(consumer) < position) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }

  /** How many places of the feed lie before progress. For any thread. */
  long lag() {
    long reached = reached(ProgressWorker.CONSUMER);
    return Math.max(0, feed.lastPosition() - reached);
  }

  private long reached(String consumer) {
    return new PostgresCheckpoints(database).load(consumer);
  }

  Database database() {
    return database;
  }

  Fence fence() {
    return fence;
  }

  PostgresEventFeed feed() {
    return feed;
  }

  ProgressFollowing following() {
    return following;
  }

  public DrillInitiator initiator() {
    return initiator;
  }

  public NextDrillScheduler scheduler() {
    return scheduler;
  }

  public ChosenSessions chosenSessions() {
    return chosenSessions;
  }

  public ReminderSender reminders() {
    return reminders;
  }

  public StuckLearners stuck() {
    return stuck;
  }
}

package co.stopcovid.progress;

import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.DueLearners.InactiveLearner;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Once a day, schedules the next drill of each inactive learner at a random minute of the day's
 * window; {@link ChosenSessions} looks after those who have chosen a time. Running it again changes
 * nothing.
 */
public final class NextDrillScheduler {
  private static final int PAGE = 1_000;

  private final DueLearners learners;
  private final DrillSchedule schedule;
  private final DrillCatalogue catalogue;
  private final LearnerHours hours;
  private final ProgressSettings settings;
  private final InstantSource clock;

  public NextDrillScheduler(
      DueLearners learners,
      DrillSchedule schedule,
      DrillCatalogue catalogue,
      LearnerHours hours,
      ProgressSettings settings,
      InstantSource clock) {
    this.learners = learners;
    this.schedule = schedule;
    this.catalogue = catalogue;
    this.hours = hours;
    this.settings = settings;
    this.clock = clock;
  }

  /** Runs for today, in UTC. */
  public int run() {
    return run(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /**
   * @param day the day that this run was meant for, in UTC; a late run may be on the next one
   * @return how many drills were scheduled
   */
  public int run(LocalDate day) {
    Instant now = clock.instant();
    Set<DrillSlug> published = Course.published(catalogue);
    Instant since = now.minus(settings.inactiveFor());
    Map<Set<ZoneId>, StartWindow> windows = new HashMap<>();
    int scheduled = 0;
    LearnerId after = null;
    while (true) {
      List<InactiveLearner> page = learners.inactive(since, published, after, PAGE);
      List<ScheduledDrill> drills = new ArrayList<>(page.size());
      for (InactiveLearner inactive : page) {
        Set<ZoneId> zones = hours.zones(inactive.whereabouts(), now);
        StartWindow window =
            windows.computeIfAbsent(
                zones, its -> StartWindow.of(now, settings.startWindow(), hours, its));
        Instant due = window.pick(inactive.learner(), day);
        if (isWanted(inactive, due, zones)) {
          drills.add(
              new ScheduledDrill(inactive.learner(), day, inactive.next(), due, window.end()));
        }
      }
      if (!drills.isEmpty()) {
        scheduled += schedule.add(drills);
      }
      if (page.size() < PAGE) {
        return scheduled;
      }
      after = page.getLast().learner();
    }
  }

  private static boolean isWanted(InactiveLearner inactive, Instant due, Set<ZoneId> zones) {
    return inactive.chosen().time() == null
        && inactive.chosen().isOn(due, zones)
        && inactive.unasked().allowAnother(due, zones);
  }
}

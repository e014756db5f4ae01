package co.stopcovid.progress;

import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.ChosenTime.Appointment;
import co.stopcovid.progress.DueLearners.ChosenLearner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Schedules the next drill of learners who have chosen a time, shortly before it, so that what they
 * change until then counts. To be run every few minutes; running it again changes nothing.
 */
public final class ChosenSessions {
  /** How long before its time a session is scheduled. */
  private static final Duration AHEAD = Duration.ofMinutes(15);

  private static final int PAGE = 1_000;

  private final DueLearners learners;
  private final ProgressStore store;
  private final DrillSchedule schedule;
  private final DrillCatalogue catalogue;
  private final LearnerHours hours;
  private final ProgressSettings settings;
  private final InstantSource clock;

  public ChosenSessions(
      DueLearners learners,
      ProgressStore store,
      DrillSchedule schedule,
      DrillCatalogue catalogue,
      LearnerHours hours,
      ProgressSettings settings,
      InstantSource clock) {
    this.learners = learners;
    this.store = store;
    this.schedule = schedule;
    this.catalogue = catalogue;
    this.hours = hours;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @return how many drills were scheduled
   */
  public int run() {
    Instant now = clock.instant();
    int scheduled = 0;
    @Nullable LearnerId after = null;
    while (true) {
      List<ChosenLearner> page = learners.withChosenTime(after, PAGE);
      Map<LearnerId, Appointment> appointments = new HashMap<>();
      for (ChosenLearner learner : page) {
        appointment(learner, now).ifPresent(it -> appointments.put(learner.learner(), it));
      }
      scheduled += schedule(appointments);
      if (page.size() < PAGE) {
        return scheduled;
      }
      after = page.getLast().learner();
    }
  }

  private Optional<Appointment> appointment(ChosenLearner learner, Instant now) {
    Set<ZoneId> zones = hours.zones(learner.whereabouts(), now);
    return learner
        .chosen()
        .next(now, hours, zones, settings.startWindow())
        .filter(next -> !now.isBefore(next.due().minus(AHEAD)))
        .filter(next -> learner.unasked().allowAnother(next.due(), zones));
  }

  private int schedule(Map<LearnerId, Appointment> appointments) {
    if (appointments.isEmpty()) {
      return 0;
    }
    Set<DrillSlug> published = Course.published(catalogue);
    List<ScheduledDrill> drills = new ArrayList<>();
    store
        .load(appointments.keySet())
        .forEach(
            (id, progress) -> {
              Appointment next = appointments.get(id);
              if (next != null && ProgressRules.mayHaveSession(progress, published)) {
                DrillSlug drill = ProgressRules.nextDrill(progress, published).orElseThrow();
                drills.add(new ScheduledDrill(id, next.day(), drill, next.due(), next.end()));
              }
            });
    return drills.isEmpty() ? 0 : schedule.add(drills);
  }
}

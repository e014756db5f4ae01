package co.stopcovid.adapters.contract;

import co.stopcovid.adapters.inmemory.InMemoryDrillSchedule;
import co.stopcovid.adapters.inmemory.InMemoryProgressStore;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.ChosenTime;
import co.stopcovid.progress.DueLearners;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.UnaskedSessions;
import co.stopcovid.testkit.contract.DueLearnersContract;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds learners with a fault of choice. */
final class BrokenDueLearners implements DueLearners {
  enum DueFault {
    NONE,
    FORGETS_REMINDERS,
    CONFUSES_STEPS,
    FORGETS_WHAT_CAME_UNASKED,
    FORGETS_WHAT_WAS_CHOSEN,
    FINDS_NOBODY_WITH_A_CHOSEN_TIME,
    REPEATS_PAGES
  }

  static volatile DueFault fault = DueFault.NONE;

  private final DueLearners learners;

  private BrokenDueLearners(DueLearners learners) {
    this.learners = learners;
  }

  /** The suite on it. */
  static final class Suite extends DueLearnersContract {
    private @Nullable Adapters adapters;

    @Override
    protected Adapters empty() {
      var store = new InMemoryProgressStore();
      var made =
          new Adapters(
              store, new BrokenDueLearners(store), new InMemoryDrillSchedule(), store, store);
      adapters = made;
      return made;
    }

    @Override
    protected Adapters second() {
      Adapters made = adapters;
      return made == null ? empty() : made;
    }
  }

  @Override
  public List<InactiveLearner> inactive(
      Instant since, Set<DrillSlug> published, @Nullable LearnerId after, int limit) {
    return learners.inactive(since, published, after, limit).stream()
        .map(
            it ->
                new InactiveLearner(
                    it.learner(),
                    it.whereabouts(),
                    it.next(),
                    fault == DueFault.FORGETS_WHAT_CAME_UNASKED
                        ? UnaskedSessions.NONE
                        : it.unasked(),
                    fault == DueFault.FORGETS_WHAT_WAS_CHOSEN ? ChosenTime.ANY : it.chosen()))
        .toList();
  }

  @Override
  public List<ChosenLearner> withChosenTime(@Nullable LearnerId after, int limit) {
    return switch (fault) {
      case FINDS_NOBODY_WITH_A_CHOSEN_TIME -> List.of();
      case REPEATS_PAGES -> learners.withChosenTime(null, after == null ? limit : limit - 1);
      default -> learners.withChosenTime(after, limit);
    };
  }

  @Override
  public List<WaitingPrompt> waiting(
      int step, Instant from, Instant to, @Nullable WaitingPrompt after, int limit) {
    return learners.waiting(fault == DueFault.CONFUSES_STEPS ? 1 : step, from, to, after, limit);
  }

  @Override
  public void recordReminders(int step, Collection<WaitingPrompt> reminded, Instant now) {
    if (fault != DueFault.FORGETS_REMINDERS) {
      learners.recordReminders(step, reminded, now);
    }
  }

  @Override
  public void forgetReminders(Instant before) {
    learners.forgetReminders(before);
  }
}

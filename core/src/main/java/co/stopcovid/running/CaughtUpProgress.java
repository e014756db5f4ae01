package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerNumbers;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.progress.ProgressUpdater;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Progress that is not behind the dialogs when learners are loaded: whoever starts a drill by it
 * would not know of one that the learner has just asked for, and start that once more.
 */
public final class CaughtUpProgress implements ProgressStore {
  private final ProgressStore store;
  private final DialogStore dialogs;
  private final ProgressUpdater updater;

  /**
   * @param updater writes to the same store
   */
  public CaughtUpProgress(ProgressStore store, DialogStore dialogs, ProgressUpdater updater) {
    this.store = store;
    this.dialogs = dialogs;
    this.updater = updater;
  }

  @Override
  public Map<LearnerId, LearnerProgress> load(Set<LearnerId> learners) {
    Map<LearnerId, LearnerProgress> progress = store.load(learners);
    Set<PhoneNumber> phones = new HashSet<>();
    progress.values().forEach(each -> each.phones().forEach(own -> phones.add(own.phone())));
    Map<PhoneNumber, DialogState> states = phones.isEmpty() ? Map.of() : dialogs.load(phones);
    boolean wasBehind = false;
    for (LearnerProgress each : progress.values()) {
      for (LearnerPhone own : each.phones()) {
        DialogState state = states.get(own.phone());
        if (state != null && state.version() > own.version()) {
          updater.catchUp(own.phone());
          wasBehind = true;
        }
      }
    }
    return wasBehind ? store.load(learners) : progress;
  }

  @Override
  public Map<PhoneNumber, Long> apply(Collection<EventBatch> batches, List<DrillSlug> course) {
    return store.apply(batches, course);
  }

  @Override
  public Map<PhoneNumber, LearnerProgress> find(Set<PhoneNumber> phones) {
    return store.find(phones);
  }

  @Override
  public Map<PhoneNumber, LearnerNumbers> numbersOfSeveral(Set<PhoneNumber> phones) {
    return store.numbersOfSeveral(phones);
  }

  @Override
  public boolean link(LearnerId learner, PhoneNumber additional) {
    return store.link(learner, additional);
  }

  @Override
  public Optional<LearnerId> enrol(List<DrillSlug> course, @Nullable LearnerId after, int limit) {
    return store.enrol(course, after, limit);
  }

  @Override
  public List<DrillSlug> reachedCourse() {
    return store.reachedCourse();
  }

  @Override
  public void recordReached(List<DrillSlug> course) {
    store.recordReached(course);
  }

  @Override
  public Optional<LearnerId> reachedSoFar(List<DrillSlug> course) {
    return store.reachedSoFar(course);
  }

  @Override
  public void recordReachedSoFar(List<DrillSlug> course, LearnerId last) {
    store.recordReachedSoFar(course, last);
  }

  @Override
  public Replaced replace(Collection<LearnerProgress> rebuilt) {
    return store.replace(rebuilt);
  }
}

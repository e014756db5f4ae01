package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows the dialogs: applies each learner's event batches once and in order. A batch that comes
 * again is skipped; batches that are missing are read from the history. Calling it again with the
 * same batches is always safe.
 */
public final class ProgressUpdater {
  private static final int REFILL = 500;

  private final ProgressStore store;
  private final EventHistory history;
  private final DrillCatalogue catalogue;

  public ProgressUpdater(ProgressStore store, EventHistory history, DrillCatalogue catalogue) {
    this.store = store;
    this.history = history;
    this.catalogue = catalogue;
  }

  /** Is told of what was missing, before it is applied. */
  @FunctionalInterface
  public interface Refill {
    /**
     * @param batches of one learner, up to the newest of those given, in the order of versions
     * @param after the learner's progress once they are applied
     */
    void found(List<EventBatch> batches, LearnerProgress after);
  }

  /** Applies batches as {@link #handle(List, Refill)} does. */
  public List<EventBatch> handle(List<EventBatch> batches) {
    return handle(batches, (missing, after) -> {});
  }

  /**
   * Applies batches in any order.
   *
   * @param refill what was missing is not found missing again once it is applied: what is to be
   *     concluded from it for sure is concluded here
   * @return the batches given and those that were missing, each learner's in the order of versions
   * @throws MissingBatchException when the history lacks a batch as well; nothing may be concluded
   *     and the call is to be repeated later
   */
  public List<EventBatch> handle(List<EventBatch> batches, Refill refill) {
    List<DrillSlug> course = Course.of(catalogue);
    List<EventBatch> all = new ArrayList<>(batches);
    Map<PhoneNumber, Long> gaps = batches.isEmpty() ? Map.of() : store.apply(batches, course);
    if (!gaps.isEmpty()) {
      Map<PhoneNumber, Long> newest = newestVersions(batches);
      gaps.forEach(
          (phone, held) -> {
            List<EventBatch> missing = missing(phone, held, newest.getOrDefault(phone, held));
            if (!missing.isEmpty()) {
              refill.found(missing, after(phone, missing, course));
              applyAll(phone, missing, course);
              all.addAll(missing);
            }
          });
    }
    all.sort(Comparator.comparing(EventBatch::phone).thenComparingLong(EventBatch::version));
    return List.copyOf(all);
  }

  /**
   * Applies all batches that the history has of a number and its progress lacks.
   *
   * @return these batches, in the order of versions; empty when the number was not behind
   * @throws MissingBatchException when the history has a hole; what comes before it is applied
   */
  public List<EventBatch> catchUp(PhoneNumber phone) {
    LearnerProgress progress = store.find(Set.of(phone)).get(phone);
    long held = progress == null ? 0 : progress.phone(phone).map(LearnerPhone::version).orElse(0L);
    return follow(phone, held, Course.of(catalogue));
  }

  private static Map<PhoneNumber, Long> newestVersions(List<EventBatch> batches) {
    Map<PhoneNumber, Long> newest = new HashMap<>();
    batches.forEach(batch -> newest.merge(batch.phone(), batch.version(), Math::max));
    return newest;
  }

  private List<EventBatch> missing(PhoneNumber phone, long held, long wanted) {
    List<EventBatch> missing = new ArrayList<>();
    long version = held;
    while (version < wanted) {
      List<EventBatch> page = history.after(phone, version, REFILL);
      if (page.isEmpty()) {
        throw new MissingBatchException(phone, version + 1);
      }
      for (EventBatch next : page) {
        if (next.version() != version + 1) {
          throw new MissingBatchException(phone, version + 1);
        }
        missing.add(next);
        version++;
      }
    }
    return missing;
  }

  private LearnerProgress after(
      PhoneNumber phone, List<EventBatch> missing, List<DrillSlug> course) {
    LearnerProgress progress = store.find(Set.of(phone)).get(phone);
    if (progress == null) {
      progress = LearnerProgress.enrolled(LearnerNumbers.single(phone), course, missing.getFirst());
    }
    for (EventBatch next : missing) {
      if (next.version() == progress.phone(phone).map(LearnerPhone::version).orElse(0L) + 1) {
        progress = ProgressRules.apply(progress, next);
      }
    }
    return progress;
  }

  private void applyAll(PhoneNumber phone, List<EventBatch> batches, List<DrillSlug> course) {
    for (int from = 0; from < batches.size(); from += REFILL) {
      List<EventBatch> part = batches.subList(from, Math.min(from + REFILL, batches.size()));
      Map<PhoneNumber, Long> gaps = store.apply(part, course);
      if (!gaps.isEmpty()) {
        throw new MissingBatchException(
            phone, gaps.getOrDefault(phone, part.getFirst().version() - 1) + 1);
      }
    }
  }

  private List<EventBatch> follow(PhoneNumber phone, long held, List<DrillSlug> course) {
    List<EventBatch> applied = new ArrayList<>();
    long version = held;
    while (true) {
      List<EventBatch> next = history.after(phone, version, REFILL);
      if (next.isEmpty()) {
        return applied;
      }
      if (next.getFirst().version() != version + 1) {
        throw new MissingBatchException(phone, version + 1);
      }
      applyAll(phone, next, course);
      applied.addAll(next);
      version = next.getLast().version();
    }
  }
}

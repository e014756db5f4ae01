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

  /**
   * Applies batches in any order.
   *
   * @return the batches given and those that were missing, each learner's in the order of versions
   * @throws MissingBatchException when the history lacks a batch as well; nothing may be concluded
   *     and the call is to be repeated later
   */
  public List<EventBatch> handle(List<EventBatch> batches) {
    List<DrillSlug> course = Course.of(catalogue);
    List<EventBatch> all = new ArrayList<>(batches);
    Map<PhoneNumber, Long> gaps = batches.isEmpty() ? Map.of() : store.apply(batches, course);
    if (!gaps.isEmpty()) {
      Map<PhoneNumber, Long> newest = newestVersions(batches);
      gaps.forEach(
          (phone, held) ->
              all.addAll(follow(phone, held, newest.getOrDefault(phone, held), course)));
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
    return follow(phone, held, Long.MAX_VALUE, Course.of(catalogue));
  }

  private static Map<PhoneNumber, Long> newestVersions(List<EventBatch> batches) {
    Map<PhoneNumber, Long> newest = new HashMap<>();
    batches.forEach(batch -> newest.merge(batch.phone(), batch.version(), Math::max));
    return newest;
  }

  private List<EventBatch> follow(
      PhoneNumber phone, long held, long wanted, List<DrillSlug> course) {
    List<EventBatch> applied = new ArrayList<>();
    for (long version = held; version < wanted; ) {
      List<EventBatch> next = history.after(phone, version, REFILL);
      if (next.isEmpty() && wanted == Long.MAX_VALUE) {
        break;
      }
      if (next.isEmpty() || next.getFirst().version() != version + 1) {
        throw new MissingBatchException(phone, version + 1);
      }
      Map<PhoneNumber, Long> gaps = store.apply(next, course);
      if (!gaps.isEmpty()) {
        throw new MissingBatchException(phone, gaps.getOrDefault(phone, version) + 1);
      }
      applied.addAll(next);
      version = next.getLast().version();
    }
    return applied;
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressRules;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Trees as they were written last, so that an answer, which moves its number and its instance on,
 * needs nothing read: of learners with one number, without statuses, with those instances that were
 * named last. Each is written on condition that its number is at the version and the revision that
 * are remembered.
 */
final class RememberedTrees {
  /**
   * @param tree with the learner's one number, and with the profile that is stored
   * @param revision of the number
   */
  record Remembered(LearnerProgress tree, long revision) {
    /** Statuses are left out. */
    static Remembered of(LearnerProgress tree, long revision) {
      return new Remembered(
          new LearnerProgress(
              tree.id(),
              tree.profile(),
              tree.lastInteractedTime(),
              tree.unasked(),
              tree.phones(),
              List.of(),
              tree.instances()),
          revision);
    }
  }

  /**
   * What batches make of a remembered tree.
   *
   * @param revision that the number has to be at
   */
  record Move(LearnerProgress before, LearnerProgress after, long revision) {
    LearnerPhone from() {
      return before.phones().getFirst();
    }

    LearnerPhone to() {
      return after.phones().getFirst();
    }

    Remembered written() {
      return new Remembered(after, revision);
    }
  }

  private final Recent<PhoneNumber, Remembered> recent;

  private RememberedTrees(int most) {
    this.recent = new Recent<>(it -> it.tree().phones().getFirst().version(), most);
  }

  /** As many as are kept of other things. */
  static RememberedTrees most() {
    return new RememberedTrees(Recent.MOST);
  }

  static RememberedTrees none() {
    return new RememberedTrees(0);
  }

  Map<PhoneNumber, Remembered> find(Collection<PhoneNumber> phones) {
    return recent.find(phones);
  }

  /** Before a write. */
  void forget(Collection<PhoneNumber> phones) {
    recent.forget(phones);
  }

  /** After the commit. */
  void keep(Map<PhoneNumber, Remembered> written) {
    recent.keep(written);
  }

  /**
   * @param batches of the tree's number, by version
   * @return empty where the tables have to be looked at: batches are missing, or were applied
   *     before, or there is more to them than the number and its instances
   */
  static Optional<Move> move(Remembered remembered, SortedMap<Long, EventBatch> batches) {
    LearnerProgress before = remembered.tree();
    long version = before.phones().getFirst().version();
    if (batches.firstKey() != version + 1
        || batches.lastKey() != version + batches.size()
        || !ProgressParts.areInstancesOf(before, batches.values())) {
      return Optional.empty();
    }
    LearnerProgress after = before;
    for (EventBatch batch : batches.values()) {
      after = ProgressRules.apply(after, batch);
    }
    return after.profile().equals(before.profile())
        ? Optional.of(new Move(before, after, remembered.revision()))
        : Optional.empty();
  }
}

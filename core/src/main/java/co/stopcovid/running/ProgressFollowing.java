package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.progress.DrillInitiator;
import co.stopcovid.progress.MissingBatchException;
import co.stopcovid.progress.ProgressUpdater;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has progress follow the dialogs, and starts what learners asked for, each start under a key of
 * its own. A start is appended after the progress that it comes from, which comes again when that
 * was cut short; what was missing does not come again, and so its start is appended before.
 */
public final class ProgressFollowing implements EventFollower.Consumer {
  private final ProgressUpdater updater;
  private final DrillInitiator initiator;

  public ProgressFollowing(ProgressUpdater updater, DrillInitiator initiator) {
    this.updater = updater;
    this.initiator = initiator;
  }

  @Override
  public Map<PhoneNumber, String> take(List<EventBatch> batches) {
    Map<PhoneNumber, String> holes = new LinkedHashMap<>();
    List<EventBatch> open = batches;
    while (!open.isEmpty()) {
      try {
        initiator.startRequested(updater.handle(open, initiator::startRequested));
        return holes;
      } catch (MissingBatchException e) {
        // Each round leaves out one learner more.
        holes.put(e.phone(), "event batch version %d is missing".formatted(e.version()));
        open = open.stream().filter(batch -> !holes.containsKey(batch.phone())).toList();
      }
    }
    return holes;
  }

  /**
   * Follows what a learner's history holds beyond his progress.
   *
   * @throws MissingBatchException when it has a hole still
   */
  public void catchUp(PhoneNumber phone) {
    initiator.startRequested(updater.catchUp(phone));
  }
}

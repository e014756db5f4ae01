package co.stopcovid.aws.handling;

import co.stopcovid.adapters.failures.DataFailure;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.progress.DrillInitiator;
import co.stopcovid.progress.MissingBatchException;
import co.stopcovid.progress.ProgressUpdater;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the dialogs: progress, and the starts that learners asked for, each under a key of its
 * own. A start is appended after the progress that it comes from, which comes again when that was
 * cut short; what was missing does not come again, and so its start is appended before.
 */
public final class ProgressFollowing {
  private final ProgressUpdater updater;
  private final DrillInitiator initiator;
  private final FailedBatches failed;

  public ProgressFollowing(
      ProgressUpdater updater, DrillInitiator initiator, FailedBatches failed) {
    this.updater = updater;
    this.initiator = initiator;
    this.failed = failed;
  }

  /**
   * Takes in a page.
   *
   * @return the first record to be handled again; empty when all are done with
   * @throws RuntimeException in an outage: all records are to be handled again
   */
  public Optional<String> handle(EventPage page) {
    follow(failed.intact(page));
    return Optional.ofNullable(page.blockedAt());
  }

  /** Takes in batches, those of one learner in the order of their versions. */
  public void follow(List<EventBatch> batches) {
    if (!batches.isEmpty()) {
      take(batches);
    }
  }

  /** What fails for a reason of its own is taken in halves, until the culprit is found. */
  private void take(List<EventBatch> batches) {
    try {
      withoutHoles(batches);
    } catch (RuntimeException | StackOverflowError e) {
      if (Failures.mayPass(e)) {
        throw e;
      }
      if (batches.size() > 1) {
        take(batches.subList(0, batches.size() / 2));
        take(batches.subList(batches.size() / 2, batches.size()));
      } else {
        failed.add(batches, DataFailure.reason(e));
      }
    }
  }

  /** A learner whose history has a hole is left where it is; the others must not wait for that. */
  private void withoutHoles(List<EventBatch> batches) {
    Map<PhoneNumber, String> holes = new LinkedHashMap<>();
    List<EventBatch> open = batches;
    while (!open.isEmpty()) {
      try {
        initiator.startRequested(updater.handle(open, initiator::startRequested));
        break;
      } catch (MissingBatchException e) {
        holes.put(e.phone(), "event batch version %d is missing".formatted(e.version()));
        open = open.stream().filter(batch -> !holes.containsKey(batch.phone())).toList();
      }
    }
    for (Map.Entry<PhoneNumber, String> hole : holes.entrySet()) {
      List<EventBatch> own = new ArrayList<>(batches);
      own.removeIf(batch -> !batch.phone().equals(hole.getKey()));
      failed.add(own, hole.getValue());
    }
  }
}

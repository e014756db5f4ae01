package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.progress.DrillInitiator;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.MissingBatchException;
import co.stopcovid.progress.ProgressUpdater;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learners whose event history has a hole, or a batch that cannot be read, so that their progress
 * stands still. Each is a dead letter, for a person to see, until that is mended or a rebuild has
 * passed over it.
 */
public final class StuckLearners {
  private static final Logger LOG = LoggerFactory.getLogger(StuckLearners.class);
  private static final int PAGE = 500;

  private final Database database;
  private final Fence fence;
  private final DeadLetters letters;
  private final ProgressUpdater updater;
  private final DrillInitiator initiator;
  private final InstantSource clock;

  StuckLearners(
      Database database,
      Fence fence,
      DeadLetters letters,
      ProgressUpdater updater,
      DrillInitiator initiator,
      InstantSource clock) {
    this.database = database;
    this.fence = fence;
    this.letters = letters;
    this.updater = updater;
    this.initiator = initiator;
    this.clock = clock;
  }

  /** To be called in the unit of work that passes over these learners. */
  void note(Map<PhoneNumber, String> reasons) {
    List<DeadLetter> added = new ArrayList<>();
    reasons.forEach(
        (phone, reason) ->
            added.add(
                new DeadLetter(
                    DeadLetter.PROGRESS,
                    LearnerId.of(phone).toString(),
                    phone.value(),
                    reason,
                    clock.instant())));
    letters.add(added);
  }

  /**
   * Tries all of them again. Whoever has caught up is no dead letter any more, and gets the drill
   * that was asked for meanwhile.
   *
   * @return how many have caught up
   */
  public int retry() {
    int caughtUp = 0;
    long id = 0;
    List<DeadLetters.Stored> page;
    do {
      page = letters.after(DeadLetter.PROGRESS, id, PAGE);
      for (DeadLetters.Stored stored : page) {
        id = stored.id();
        if (retry(stored)) {
          caughtUp++;
        }
      }
    } while (page.size() == PAGE);
    return caughtUp;
  }

  /** One whose batches cannot be read must not keep the others waiting. */
  private boolean retry(DeadLetters.Stored stored) {
    var phone = new PhoneNumber(stored.letter().payload());
    try {
      return database.unit(
          fence,
          () -> {
            initiator.startRequested(updater.catchUp(phone));
            return letters.delete(stored.id());
          });
    } catch (MissingBatchException e) {
      LOG.warn("progress still stands: phone={} missing_version={}", e.phone(), e.version());
      return false;
    } catch (RuntimeException e) {
      if (!EventPage.isAboutTheData(e) && !(e instanceof UnknownEventTypeException)) {
        throw e;
      }
      LOG.error("progress still stands: phone={} reason={}", phone, EventPage.reason(e));
      return false;
    }
  }
}

package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.report.LoggedNotices;
import co.stopcovid.common.Failure;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.progress.MissingBatchException;
import co.stopcovid.running.EventFollower;
import co.stopcovid.running.EventPage;
import co.stopcovid.running.Notice;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learners whom a consumer of the event feed had to pass over, because their history has a hole, or
 * a batch that cannot be read or written. Each is a dead letter, for a person to see, until that is
 * mended.
 */
public final class StuckLearners implements EventFollower.PassedOver {
  private static final Logger LOG = LoggerFactory.getLogger(StuckLearners.class);
  private static final int PAGE = 500;

  private final Consumer<Notice> notices = new LoggedNotices(LOG);

  private final Database database;
  private final Fence fence;
  private final DeadLetters letters;
  private final String source;
  private final Function<PhoneNumber, String> sourceId;
  private final Predicate<PhoneNumber> catchUp;
  private final InstantSource clock;

  /**
   * @param source of the dead letters
   * @param sourceId a learner's name there
   * @param catchUp brings the consumer's work for a learner up to date, within a unit of work;
   *     false when it is still stuck
   */
  StuckLearners(
      Database database,
      Fence fence,
      DeadLetters letters,
      String source,
      Function<PhoneNumber, String> sourceId,
      Predicate<PhoneNumber> catchUp,
      InstantSource clock) {
    this.database = database;
    this.fence = fence;
    this.letters = letters;
    this.source = source;
    this.sourceId = sourceId;
    this.catchUp = catchUp;
    this.clock = clock;
  }

  /** To be called in the unit of work that passes over these learners. */
  @Override
  public void add(EventPage page, Map<PhoneNumber, String> reasons) {
    List<DeadLetter> added = new ArrayList<>();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    reasons.forEach(
        (phone, reason) -> {
          notices.accept(new Notice.LearnerPassedOver(source, phone, reason));
          added.add(new DeadLetter(source, sourceId.apply(phone), phone.value(), reason, now));
        });
    letters.add(added);
  }

  /**
   * Tries all of them again. Whoever has caught up is no dead letter any more.
   *
   * @return how many have caught up
   */
  public int retry() {
    int caughtUp = 0;
    long id = 0;
    List<DeadLetters.Stored> page;
    do {
      page = letters.after(source, id, PAGE);
      for (DeadLetters.Stored stored : page) {
        id = stored.id();
        if (retry(stored)) {
          caughtUp++;
        }
      }
    } while (page.size() == PAGE);
    return caughtUp;
  }

  /** One whose history cannot be taken must not keep the others waiting. */
  private boolean retry(DeadLetters.Stored stored) {
    var phone = new PhoneNumber(stored.letter().payload());
    try {
      return database.unit(fence, () -> catchUp.test(phone) && letters.delete(stored.id()));
    } catch (MissingBatchException e) {
      LOG.warn(
          "still passed over: consumer={} phone={} missing_version={}", source, phone, e.version());
      return false;
    } catch (RuntimeException e) {
      Failure.Kind kind = Failure.kindOf(e);
      if (kind == Failure.Kind.OUTAGE || kind == Failure.Kind.CONFLICT) {
        throw e;
      }
      LOG.error(
          "still passed over: consumer={} phone={} reason={}", source, phone, Failure.reasonOf(e));
      return false;
    }
  }
}

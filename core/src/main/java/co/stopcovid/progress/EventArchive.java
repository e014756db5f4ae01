package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All event batches of all learners, to be read in bulk. */
public interface EventArchive {
  /**
   * A page of batches in the order of phone numbers and, within a number, of versions. What is
   * committed while the pages are read may be missing or not.
   *
   * @param after where the page before ended; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<EventBatch> page(@Nullable Position after, int limit);

  /** The place of one batch. */
  record Position(PhoneNumber phone, long version) {
    public static Position of(EventBatch batch) {
      return new Position(batch.phone(), batch.version());
    }
  }
}

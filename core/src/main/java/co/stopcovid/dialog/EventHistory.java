package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import java.util.List;

/** The event batches of one learner, from which everything can be rebuilt. */
public interface EventHistory {
  /**
   * Batches in the order of their versions.
   *
   * @param version the last one that the caller has; 0 for none
   * @param limit how many at most
   */
  List<EventBatch> after(PhoneNumber phone, long version, int limit);
}

package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import java.util.List;

/**
 * New batches of one learner, with the state they lead to.
 *
 * @param batches with the versions expectedVersion + 1 and on, at least one
 */
public record DialogCommit(long expectedVersion, DialogState state, List<EventBatch> batches) {
  /**
   * @throws IllegalArgumentException when the batches do not lead from the expected version to the
   *     state
   */
  public DialogCommit {
    batches = List.copyOf(batches);
    long version = expectedVersion;
    for (EventBatch batch : batches) {
      if (batch.version() != ++version || !batch.phone().equals(state.phone())) {
        throw new IllegalArgumentException(
            "batch version %d of %s stands where version %d of %s should"
                .formatted(batch.version(), batch.phone(), version, state.phone()));
      }
    }
    if (batches.isEmpty() || state.version() != version) {
      throw new IllegalArgumentException(
          "%d batches do not lead from version %d to %d"
              .formatted(batches.size(), expectedVersion, state.version()));
    }
  }

  public PhoneNumber phone() {
    return state.phone();
  }
}

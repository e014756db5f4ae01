package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Dialog states and their event batches: both are written or neither is. */
public interface DialogStore {
  /**
   * The states of these learners, {@link DialogState#initial} for those not known yet. A learner
   * whose stored state cannot be read is left out, so that the others can go on.
   */
  Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones);

  /**
   * Writes each commit on condition that the learner's stored version is the expected one. One
   * learner stands in at most one commit.
   *
   * @return the phones whose stored version was not the expected one; nothing was written for those
   */
  Set<PhoneNumber> commit(List<DialogCommit> commits);
}

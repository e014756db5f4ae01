package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes in messages: a learner's cursor and the messages up to it are both written or neither. */
public interface OutboundQueue {
  /** {@link SmsCursor#initial} for learners not known yet. */
  Map<PhoneNumber, SmsCursor> cursors(Set<PhoneNumber> phones);

  /** What became of a call. */
  record Committed(Set<PhoneNumber> conflicts, List<LedgerEntry> claimed) {
    public Committed {
      conflicts = Set.copyOf(conflicts);
      claimed = List.copyOf(claimed);
    }
  }

  /**
   * Writes each commit on condition that the stored cursor has the expected version. One learner
   * stands in at most one commit. {@link SmsCommit#earlier} is applied to each message of the
   * learner that is stored already, also when the ledger claims it at the same time.
   *
   * @param claims asked about each learner's first open message where it is one of the new ones
   * @return the phones whose cursor had another version, nothing was written for those; and the
   *     messages that are stored as claimed, which the caller has to hand over after the commit
   */
  Committed commit(List<SmsCommit> commits, SendClaims claims);

  /** Claims nothing. */
  default Set<PhoneNumber> commit(List<SmsCommit> commits) {
    return commit(commits, SendClaims.NONE).conflicts();
  }
}

package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes in messages: a learner's cursor and the messages up to it are both written or neither. */
public interface OutboundQueue {
  /** {@link SmsCursor#initial} for learners not known yet. */
  Map<PhoneNumber, SmsCursor> cursors(Set<PhoneNumber> phones);

  /**
   * Writes each commit on condition that the stored cursor has the expected version. One learner
   * stands in at most one commit. {@link SmsCommit#earlier} is applied to each message of the
   * learner that is stored already, also when the ledger claims it at the same time.
   *
   * @return the phones whose cursor had another version; nothing was written for those
   */
  Set<PhoneNumber> commit(List<SmsCommit> commits);
}

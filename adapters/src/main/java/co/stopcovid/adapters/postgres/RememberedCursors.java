package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.sms.SendClaims;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A queue that does not read the cursors which it has just written. To be made anew with every
 * lease, as {@link RememberedDialogs} is, and shared by all who queue.
 */
public final class RememberedCursors implements OutboundQueue {
  private final OutboundQueue queue;
  private final Database database;
  private final Recent<PhoneNumber, SmsCursor> recent = new Recent<>(SmsCursor::version);

  /**
   * @param database of the queue
   */
  public RememberedCursors(OutboundQueue queue, Database database) {
    this.queue = queue;
    this.database = database;
  }

  @Override
  public Map<PhoneNumber, SmsCursor> cursors(Set<PhoneNumber> phones) {
    Map<PhoneNumber, SmsCursor> cursors = recent.find(phones);
    Set<PhoneNumber> unknown = new HashSet<>(phones);
    unknown.removeAll(cursors.keySet());
    if (!unknown.isEmpty()) {
      cursors.putAll(queue.cursors(unknown));
    }
    return cursors;
  }

  @Override
  public Committed commit(List<SmsCommit> commits, SendClaims claims) {
    recent.forget(commits.stream().map(SmsCommit::phone).toList());
    return database.write(
        handle -> {
          Committed committed = queue.commit(commits, claims);
          Map<PhoneNumber, SmsCursor> written = HashMap.newHashMap(commits.size());
          for (SmsCommit commit : commits) {
            // Of two that share a version nobody could tell which is the later one.
            if (commit.cursor().version() > commit.expectedVersion()) {
              written.put(commit.phone(), commit.cursor());
            }
          }
          written.keySet().removeAll(committed.conflicts());
          database.afterCommit(() -> recent.keep(written));
          return committed;
        });
  }
}

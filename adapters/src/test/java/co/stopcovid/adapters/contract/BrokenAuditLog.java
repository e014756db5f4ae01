package co.stopcovid.adapters.contract;

import co.stopcovid.desk.AuditEntry;
import co.stopcovid.desk.AuditLog;
import co.stopcovid.testkit.contract.AuditLogContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An audit log with one fault. */
final class BrokenAuditLog implements AuditLog {
  enum AuditFault {
    NONE,
    OUTCOME_LOST,
    OLDEST_FIRST,
    ONE_OF_EACH,
    PLACE_COUNTS_TOO,
    LIMIT_IGNORED,
    NUMBERED_BY_TIME
  }

  static AuditFault planted = AuditFault.NONE;

  private final AuditFault fault = planted;
  private final List<AuditEntry> entries = new ArrayList<>();

  static class Suite extends AuditLogContract {
    private final BrokenAuditLog log = new BrokenAuditLog();

    @Override
    protected AuditLog log() {
      return log;
    }
  }

  @Override
  public void add(AuditEntry entry) {
    if (fault == AuditFault.ONE_OF_EACH && entries.contains(entry)) {
      return;
    }
    entries.add(
        fault == AuditFault.OUTCOME_LOST
            ? new AuditEntry(
                entry.time(), entry.by(), entry.operation(), entry.on(), AuditEntry.Outcome.DONE)
            : entry);
    if (fault == AuditFault.NUMBERED_BY_TIME) {
      entries.sort(Comparator.comparing(AuditEntry::time));
    }
  }

  @Override
  public List<Stored> before(@Nullable Long id, int limit) {
    List<Stored> found = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      long number = fault == AuditFault.OLDEST_FIRST ? -i - 1L : i + 1L;
      boolean behind =
          id == null || number < id || (fault == AuditFault.PLACE_COUNTS_TOO && number == id);
      if (behind) {
        found.add(new Stored(number, entries.get(i)));
      }
    }
    found.sort(Comparator.comparingLong(Stored::id).reversed());
    return fault == AuditFault.LIMIT_IGNORED ? found : found.stream().limit(limit).toList();
  }
}

package co.stopcovid.adapters.inmemory;

import co.stopcovid.desk.AuditEntry;
import co.stopcovid.desk.AuditLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log in memory. Threads may share it. */
public final class InMemoryAuditLog implements AuditLog {
  private final List<Stored> entries = new ArrayList<>();

  @Override
  public synchronized void add(AuditEntry entry) {
    entries.add(new Stored(entries.size() + 1L, entry));
  }

  @Override
  public synchronized List<Stored> before(@Nullable Long id, int limit) {
    return entries.reversed().stream()
        .filter(stored -> id == null || stored.id() < id)
        .limit(limit)
        .toList();
  }
}

package co.stopcovid.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what, when and on whom. Entries are never changed. */
public interface AuditLog {
  /** An entry under the number that it was stored with; later ones have higher numbers. */
  record Stored(long id, AuditEntry entry) {}

  /** Stores an entry for good; its time is kept to the millisecond. */
  void add(AuditEntry entry);

  /**
   * A page of entries, the newest first.
   *
   * @param id where the page before ended; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<Stored> before(@Nullable Long id, int limit);
}

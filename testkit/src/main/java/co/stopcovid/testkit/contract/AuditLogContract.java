package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.desk.AuditEntry;
import co.stopcovid.desk.AuditLog;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} must do. */
public abstract class AuditLogContract {
  private final String person = "maria " + UUID.randomUUID();

  /** The log to be tested. Entries of other tests may be in it. */
  protected abstract AuditLog log();

  private AuditEntry entry(int number) {
    AuditEntry.Outcome[] outcomes = AuditEntry.Outcome.values();
    return new AuditEntry(
        Samples.NOON.plusMillis(number),
        person,
        "learners.message",
        "learner sí 洗手 " + number,
        outcomes[number % outcomes.length]);
  }

  @Test
  void entriesAreKeptWholeTheNewestFirst() {
    for (int i = 0; i < 4; i++) {
      log().add(entry(i));
    }

    assertThat(mine(1_000)).containsExactly(entry(3), entry(2), entry(1), entry(0));
  }

  @Test
  void theSameAgainIsAnotherEntry() {
    log().add(entry(1));
    log().add(entry(1));

    assertThat(mine(1_000)).containsExactly(entry(1), entry(1));
  }

  @Test
  void pagesHoldEveryEntryOnce() {
    for (int i = 0; i < 5; i++) {
      log().add(entry(i));
    }

    assertThat(mine(2)).containsExactly(entry(4), entry(3), entry(2), entry(1), entry(0));
    assertThat(log().before(null, 2)).hasSize(2);
  }

  @Test
  void laterEntriesHaveHigherNumbers() {
    log().add(entry(2));
    log().add(entry(1));

    List<AuditLog.Stored> page = log().before(null, 2);
    assertThat(page).extracting(AuditLog.Stored::entry).containsExactly(entry(1), entry(2));
    assertThat(page.getFirst().id()).isGreaterThan(page.getLast().id());
    assertThat(log().before(page.getLast().id(), 1_000))
        .allMatch(stored -> stored.id() < page.getLast().id());
  }

  private List<AuditEntry> mine(int limit) {
    List<AuditEntry> mine = new ArrayList<>();
    @Nullable Long last = null;
    List<AuditLog.Stored> page;
    do {
      page = log().before(last, limit);
      for (AuditLog.Stored stored : page) {
        last = stored.id();
        if (stored.entry().by().equals(person)) {
          mine.add(stored.entry());
        }
      }
    } while (page.size() == limit);
    return mine;
  }
}

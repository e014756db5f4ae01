package co.stopcovid.adapters.inmemory;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.sms.Pause;
import co.stopcovid.sms.SendClaims;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Queue and ledger of outbound messages in memory. Threads may share it; each call is atomic. */
public final class InMemoryOutbox implements OutboundQueue, OutboundLedger {
  private final Pause pause;
  private final Map<PhoneNumber, Learner> learners = new HashMap<>();

  /**
   * @param gap between two messages of one learner
   */
  public InMemoryOutbox(Duration gap) {
    this.pause = new Pause(gap);
  }

  private static final class Learner {
    final NavigableMap<OutboundId, LedgerEntry> entries = new TreeMap<>();
    SmsCursor cursor;

    /** The gap after the last message sent is over. */
    Instant freeAt = Instant.MIN;

    Learner(PhoneNumber phone) {
      cursor = SmsCursor.initial(phone);
    }

    @Nullable Due head() {
      for (LedgerEntry entry : entries.values()) {
        if (entry.isOpen()) {
          return new Due(entry, latest(entry.notBefore(), freeAt));
        }
      }
      return null;
    }
  }

  private record Due(LedgerEntry entry, Instant time) {}

  @Override
  public synchronized Map<PhoneNumber, SmsCursor> cursors(Set<PhoneNumber> phones) {
    Map<PhoneNumber, SmsCursor> cursors = HashMap.newHashMap(phones.size());
    for (PhoneNumber phone : phones) {
      Learner learner = learners.get(phone);
      cursors.put(phone, learner == null ? SmsCursor.initial(phone) : learner.cursor);
    }
    return cursors;
  }

  @Override
  public synchronized Committed commit(List<SmsCommit> commits, SendClaims claims) {
    Set<PhoneNumber> conflicts = new HashSet<>();
    List<LedgerEntry> claimed = new ArrayList<>();
    for (SmsCommit commit : commits) {
      Learner learner = learners.computeIfAbsent(commit.phone(), Learner::new);
      if (learner.cursor.version() != commit.expectedVersion()) {
        conflicts.add(commit.phone());
        continue;
      }
      learner.cursor = commit.cursor();
      learner.entries.replaceAll(
          (id, entry) -> {
            LedgerEntry changed = commit.earlier().apply(entry);
            return changed.equals(entry) ? entry : changed.written();
          });
      boolean waits = learner.head() != null;
      commit.entries().forEach(entry -> learner.entries.put(entry.id(), entry));
      Due head = learner.head();
      if (!waits && head != null) {
        claims
            .claim(head.entry(), head.time())
            .ifPresent(
                claim -> {
                  learner.entries.put(claim.id(), claim);
                  claimed.add(claim);
                });
      }
    }
    return new Committed(conflicts, claimed);
  }

  @Override
  public synchronized List<LedgerEntry> due(Instant now, int limit) {
    return heads()
        .filter(due -> !due.time().isAfter(now))
        .sorted(Comparator.comparing(Due::time))
        .limit(limit)
        .map(Due::entry)
        .toList();
  }

  @Override
  public synchronized Optional<Instant> nextDue() {
    return heads().map(Due::time).min(Comparator.naturalOrder());
  }

  @Override
  public synchronized void takeOver(long epoch, Instant now) {
    for (Learner learner : learners.values()) {
      learner.entries.replaceAll((id, entry) -> entry.takenOver(epoch, now));
    }
  }

  @Override
  public synchronized void countAnew(Instant now) {
    for (Learner learner : learners.values()) {
      learner.entries.replaceAll((id, entry) -> entry.countedAnew(now));
      learner.freeAt = earliest(learner.freeAt, now.plus(pause.longest()));
    }
  }

  private Stream<Due> heads() {
    return learners.values().stream().map(Learner::head).filter(due -> due != null);
  }

  @Override
  public synchronized Set<OutboundId> write(Collection<LedgerEntry> entries) {
    Set<OutboundId> conflicts = new HashSet<>();
    for (LedgerEntry entry : entries) {
      Learner learner = learners.get(entry.id().phone());
      LedgerEntry stored = learner == null ? null : learner.entries.get(entry.id());
      if (learner == null || stored == null || stored.revision() != entry.revision()) {
        conflicts.add(entry.id());
        continue;
      }
      learner.entries.put(entry.id(), entry.written());
      if (stored.state() instanceof DeliveryState.Sending && !entry.isOpen()) {
        learner.freeAt =
            latest(learner.freeAt, entry.updatedTime().plus(pause.after(entry.message())));
      }
    }
    return conflicts;
  }

  @Override
  public synchronized List<LedgerEntry> find(Collection<OutboundId> ids) {
    List<LedgerEntry> found = new ArrayList<>();
    for (OutboundId id : ids) {
      Learner learner = learners.get(id.phone());
      LedgerEntry entry = learner == null ? null : learner.entries.get(id);
      if (entry != null) {
        found.add(entry);
      }
    }
    return found;
  }

  @Override
  public synchronized Optional<LedgerEntry> find(PhoneNumber phone, String sid) {
    return all(phone).stream()
        .filter(entry -> entry.state().providerId().filter(sid::equals).isPresent())
        .findFirst();
  }

  @Override
  public synchronized Set<String> sids(PhoneNumber phone) {
    Set<String> sids = new HashSet<>();
    all(phone).forEach(entry -> entry.state().providerId().ifPresent(sids::add));
    return sids;
  }

  @Override
  public synchronized List<LedgerEntry> parked(@Nullable ParkedPlace after, int limit) {
    return learners.values().stream()
        .flatMap(learner -> learner.entries.values().stream())
        .filter(entry -> entry.state() instanceof DeliveryState.Parked)
        .filter(entry -> after == null || ParkedPlace.of(entry).compareTo(after) > 0)
        .sorted(Comparator.comparing(ParkedPlace::of))
        .limit(limit)
        .toList();
  }

  /** A learner's messages in order. */
  synchronized List<LedgerEntry> all(PhoneNumber phone) {
    Learner learner = learners.get(phone);
    return learner == null ? List.of() : List.copyOf(learner.entries.values());
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

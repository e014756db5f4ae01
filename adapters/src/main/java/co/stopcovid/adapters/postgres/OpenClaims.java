package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The messages that this process is sending and that have no row in {@code outbound_due}: what one
 * transaction claims is one row of {@code outbound_claims}, a group. Shared by the {@link
 * PostgresOutboundQueue} and the {@link PostgresOutboundLedger} of one lease and made anew with
 * each. Claims are put in before their transaction is committed, and taken out after the one that
 * ends them, so that a learner with a message under way always shows as busy. What is not settled
 * when the message says so gets a row of its own after all, and so does what the process before
 * left.
 */
public final class OpenClaims {
  private record Claim(OutboundId id, long group, Instant claimTime, Instant settleTime) {}

  private final Map<PhoneNumber, Claim> claims = new HashMap<>();

  /** How many of each group are open. */
  private final Map<Long, Integer> groups = new HashMap<>();

  /** Groups whose transaction goes on: nobody else can see yet what is to be settled. */
  private final Set<Long> uncommitted = new HashSet<>();

  synchronized int size() {
    return claims.size();
  }

  synchronized boolean isBusy(PhoneNumber phone) {
    return claims.containsKey(phone);
  }

  synchronized boolean has(OutboundId id) {
    return claim(id).isPresent();
  }

  private Optional<Claim> claim(OutboundId id) {
    return Optional.ofNullable(claims.get(id.phone())).filter(claim -> claim.id().equals(id));
  }

  /** Stores what is claimed as a group, within the transaction that claims it. */
  void open(Database database, Connection connection, List<LedgerEntry> entries)
      throws SQLException {
    List<OutboundId> ids = entries.stream().map(LedgerEntry::id).toList();
    long group = ClaimRows.insert(connection, ids);
    database.afterRollback(() -> close(ids));
    database.afterUnit(() -> committed(group));
    open(group, entries);
  }

  private synchronized void open(long group, Collection<LedgerEntry> entries) {
    uncommitted.add(group);
    for (LedgerEntry entry : entries) {
      OutboundId id = entry.id();
      Claim before =
          claims.put(id.phone(), new Claim(id, group, entry.updatedTime(), entry.notBefore()));
      if (before != null) {
        leave(before);
      }
    }
    groups.merge(group, entries.size(), Integer::sum);
  }

  private synchronized void committed(long group) {
    uncommitted.remove(group);
  }

  /** After the commit: what is still being sent has another time when it is to be settled. */
  synchronized void postpone(Collection<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      claims.computeIfPresent(
          entry.id().phone(),
          (phone, claim) ->
              new Claim(claim.id(), claim.group(), entry.updatedTime(), entry.notBefore()));
    }
  }

  /** Nothing is this process's any more. */
  synchronized void clear() {
    claims.clear();
    groups.clear();
  }

  synchronized List<OutboundId> ids() {
    return claims.values().stream().map(Claim::id).sorted().toList();
  }

  /** See {@link co.stopcovid.sms.OutboundLedger#countAnew}. */
  synchronized void countAnew(Instant now) {
    claims.replaceAll(
        (phone, claim) ->
            claim.claimTime().isAfter(now)
                ? new Claim(
                    claim.id(),
                    claim.group(),
                    now,
                    now.plus(Duration.between(claim.claimTime(), claim.settleTime())))
                : claim);
  }

  /** After the commit that ended them, or when the one that claimed them is rolled back. */
  synchronized void close(Collection<OutboundId> ids) {
    for (OutboundId id : ids) {
      claim(id)
          .ifPresent(
              claim -> {
                claims.remove(id.phone());
                leave(claim);
              });
    }
  }

  private void leave(Claim claim) {
    groups.computeIfPresent(claim.group(), (group, open) -> open == 1 ? null : open - 1);
  }

  /** The groups of which nothing is open once these are closed. */
  synchronized Set<Long> endedBy(Collection<OutboundId> ids) {
    Map<Long, Integer> ending = new HashMap<>();
    for (OutboundId id : ids) {
      claim(id).ifPresent(claim -> ending.merge(claim.group(), 1, Integer::sum));
    }
    Set<Long> ended = new HashSet<>();
    ending.forEach(
        (group, count) -> {
          if (count.equals(groups.get(group))) {
            ended.add(group);
          }
        });
    return ended;
  }

  /** When the next one is to be settled. */
  synchronized Optional<Instant> next() {
    return claims.values().stream()
        .filter(claim -> !uncommitted.contains(claim.group()))
        .map(Claim::settleTime)
        .min(Comparator.naturalOrder());
  }

  /** Those that are to be settled. */
  synchronized List<OutboundId> due(Instant now) {
    List<OutboundId> due = new ArrayList<>();
    for (Claim claim : claims.values()) {
      if (!claim.settleTime().isAfter(now) && !uncommitted.contains(claim.group())) {
        due.add(claim.id());
      }
    }
    due.sort(Comparator.naturalOrder());
    return due;
  }
}

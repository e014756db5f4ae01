package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Queues the messages that event batches call for, each batch exactly once. A batch seen before is
 * skipped, a gap is filled from the history. Learners are independent: what goes wrong with one is
 * reported and tried again with that learner's next batch. An outage fails the call; calling again
 * with the same batches is always safe.
 */
public final class SmsConsumer {
  /** How often a learner is planned anew because another consumer was first. */
  private static final int MOST_ATTEMPTS = 5;

  private static final int HISTORY_PAGE = 100;

  /** Far more than are under way at any time; a drill's author publishes a few a day. */
  private static final int MOST_DRILLS_KEPT = 1_000;

  private final OutboundQueue queue;
  private final EventHistory history;
  private final DrillVersions drillVersions;
  private final MessageWriter writer;
  private final LearnerZones zones;
  private final MessageRules rules;
  private final SendClaims claims;
  private final InstantSource clock;
  private final Map<String, DrillVersion> drills = new ConcurrentHashMap<>();

  /** One that leaves all messages to be found by a sender. */
  public SmsConsumer(
      OutboundQueue queue,
      EventHistory history,
      DrillVersions drillVersions,
      MessageWriter writer,
      LearnerZones zones,
      MessageRules rules,
      InstantSource clock) {
    this(queue, history, drillVersions, writer, zones, rules, SendClaims.NONE, clock);
  }

  /**
   * @param claims of the sender that gets {@link Report#claimed}
   */
  public SmsConsumer(
      OutboundQueue queue,
      EventHistory history,
      DrillVersions drillVersions,
      MessageWriter writer,
      LearnerZones zones,
      MessageRules rules,
      SendClaims claims,
      InstantSource clock) {
    this.queue = queue;
    this.history = history;
    this.drillVersions = drillVersions;
    this.writer = writer;
    this.zones = zones;
    this.rules = rules;
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * What became of a call.
   *
   * @param queued how many messages were queued
   * @param claimed those of them to be handed to the sender once all is committed
   * @param parked messages that a limit held back
   * @param failed learners whose batches could not be applied, and why
   */
  public record Report(
      int queued,
      List<LedgerEntry> claimed,
      List<LedgerEntry> parked,
      Map<PhoneNumber, Exception> failed) {
    public Report {
      claimed = List.copyOf(claimed);
      parked = List.copyOf(parked);
      failed = Map.copyOf(failed);
    }
  }

  /** Takes in batches, those of one learner in the order of their versions. */
  public Report handle(List<EventBatch> batches) {
    return handle(batches, history, claims);
  }

  /**
   * The same without looking for batches that are missing: a learner who has a gap is among the
   * failed.
   */
  public Report handleNewest(List<EventBatch> batches) {
    return handle(batches, (phone, version, limit) -> List.of(), claims);
  }

  private Report handle(List<EventBatch> batches, EventHistory earlier, SendClaims by) {
    Map<PhoneNumber, List<EventBatch>> open = new LinkedHashMap<>();
    for (EventBatch batch : batches) {
      open.computeIfAbsent(batch.phone(), phone -> new ArrayList<>()).add(batch);
    }
    Map<PhoneNumber, Exception> failed = new HashMap<>();
    List<LedgerEntry> written = new ArrayList<>();
    List<LedgerEntry> claimed = new ArrayList<>();
    for (int attempt = 0; !open.isEmpty() && attempt < MOST_ATTEMPTS; attempt++) {
      List<SmsCommit> commits = plan(open, earlier, failed);
      Set<PhoneNumber> conflicts = Set.of();
      if (!commits.isEmpty()) {
        OutboundQueue.Committed committed = queue.commit(commits, by);
        conflicts = committed.conflicts();
        claimed.addAll(committed.claimed());
      }
      for (SmsCommit commit : commits) {
        if (!conflicts.contains(commit.phone())) {
          written.addAll(commit.entries());
        }
      }
      open.keySet().retainAll(conflicts);
    }
    for (PhoneNumber phone : open.keySet()) {
      failed.put(phone, new IllegalStateException("another consumer was first each time"));
    }
    return report(written, claimed, failed);
  }

  /**
   * Takes in what a learner's history holds beyond what was taken in. Nothing is claimed: what a
   * later page holds may undo it.
   *
   * @return with the learner among the failed when it could not be taken in as far as it goes
   */
  public Report catchUp(PhoneNumber phone) {
    List<LedgerEntry> parked = new ArrayList<>();
    int queued = 0;
    Report page = catchUpPage(phone);
    // Every page that does not fail takes the cursor to its end.
    while (page != null) {
      queued += page.queued();
      parked.addAll(page.parked());
      if (!page.failed().isEmpty()) {
        return new Report(queued, List.of(), parked, page.failed());
      }
      page = catchUpPage(phone);
    }
    return new Report(queued, List.of(), parked, Map.of());
  }

  /** Null when there is nothing to catch up with. */
  private @Nullable Report catchUpPage(PhoneNumber phone) {
    SmsCursor cursor = queue.cursors(Set.of(phone)).getOrDefault(phone, SmsCursor.initial(phone));
    List<EventBatch> missed = history.after(phone, cursor.version(), HISTORY_PAGE);
    if (missed.isEmpty()) {
      return null;
    }
    // A gap is handled as any gap, which says what is missing.
    boolean hasGap = missed.getFirst().version() > cursor.version() + 1;
    return handle(hasGap ? missed.subList(0, 1) : missed, history, SendClaims.NONE);
  }

  private static Report report(
      List<LedgerEntry> written, List<LedgerEntry> claimed, Map<PhoneNumber, Exception> failed) {
    List<LedgerEntry> parked = new ArrayList<>();
    int queued = 0;
    for (LedgerEntry entry : written) {
      if (entry.state() instanceof DeliveryState.Parked) {
        parked.add(entry);
      } else if (entry.isOpen()) {
        queued++;
      }
    }
    return new Report(queued, claimed, parked, failed);
  }

  private List<SmsCommit> plan(
      Map<PhoneNumber, List<EventBatch>> batches,
      EventHistory earlier,
      Map<PhoneNumber, Exception> failed) {
    Map<PhoneNumber, SmsCursor> cursors = queue.cursors(batches.keySet());
    keepDrills(cursors);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<SmsCommit> commits = new ArrayList<>();
    batches.forEach(
        (phone, own) -> {
          SmsCursor cursor = cursors.getOrDefault(phone, SmsCursor.initial(phone));
          String drill = cursor.drillVersion();
          LearnerPlan plan =
              new LearnerPlan(cursor, drill == null ? null : drills.get(drill), rules, now);
          try {
            own.forEach(batch -> apply(plan, batch, earlier));
          } catch (IllegalStateException | IllegalArgumentException e) {
            failed.put(phone, e);
            own.forEach(plan::foresee);
          }
          // What came before the failure is sound, and the next attempt begins behind it.
          plan.commit().ifPresent(commits::add);
        });
    return commits;
  }

  /** Only version = last + 1 is applied. */
  private void apply(LearnerPlan plan, EventBatch batch, EventHistory earlier) {
    while (batch.version() > plan.version() + 1) {
      List<EventBatch> missing = earlier.after(batch.phone(), plan.version(), HISTORY_PAGE);
      if (missing.isEmpty() || missing.getFirst().version() != plan.version() + 1) {
        throw new IllegalStateException(
            "the history of %s lacks version %d".formatted(batch.phone(), plan.version() + 1));
      }
      for (EventBatch next : missing) {
        if (next.version() == plan.version() + 1) {
          add(plan, next);
        }
      }
    }
    if (batch.version() == plan.version() + 1) {
      add(plan, batch);
    }
  }

  private void add(LearnerPlan plan, EventBatch batch) {
    plan.add(batch, zones.zonesOf(batch.phone(), batch.profile()), writer);
  }

  /** Drill versions never change, so those looked up once are kept. */
  private void keepDrills(Map<PhoneNumber, SmsCursor> cursors) {
    Set<String> missing = new HashSet<>();
    for (SmsCursor cursor : cursors.values()) {
      String drill = cursor.drillVersion();
      if (drill != null && !drills.containsKey(drill)) {
        missing.add(drill);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    if (drills.size() + missing.size() > MOST_DRILLS_KEPT) {
      drills.clear();
      cursors.values().stream()
          .map(SmsCursor::drillVersion)
          .filter(Objects::nonNull)
          .forEach(missing::add);
    }
    drills.putAll(drillVersions.get(missing));
  }
}

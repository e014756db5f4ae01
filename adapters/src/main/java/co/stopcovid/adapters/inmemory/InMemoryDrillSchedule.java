package co.stopcovid.adapters.inmemory;

import co.stopcovid.progress.DrillSchedule;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.ScheduledDrill;
import co.stopcovid.progress.UpcomingDrills;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The schedule in memory. Threads may share it: one call at a time. */
public final class InMemoryDrillSchedule implements DrillSchedule, UpcomingDrills {
  private static final Comparator<ScheduledDrill> EARLIEST =
      Comparator.comparing(ScheduledDrill::due).thenComparing(ScheduledDrill::learner);

  private record Entry(ScheduledDrill drill, Instant claimable, boolean settled) {}

  private final Map<LearnerId, Entry> entries = new HashMap<>();

  @Override
  public synchronized int add(Collection<ScheduledDrill> drills) {
    int added = 0;
    for (ScheduledDrill drill : drills) {
      Entry present = entries.get(drill.learner());
      if (present == null || makesWay(present, drill)) {
        entries.put(drill.learner(), new Entry(drill, drill.due(), false));
        added++;
      }
    }
    return added;
  }

  private static boolean makesWay(Entry present, ScheduledDrill next) {
    return present.drill().day().isBefore(next.day())
        && (present.settled() || !present.drill().windowEnd().isAfter(next.due()));
  }

  @Override
  public synchronized List<ScheduledDrill> claim(Instant now, Duration lease, int limit) {
    List<ScheduledDrill> claimed = new ArrayList<>();
    entries.values().stream()
        .filter(entry -> !entry.settled() && !entry.claimable().isAfter(now))
        .map(Entry::drill)
        .sorted(EARLIEST)
        .limit(limit)
        .forEach(claimed::add);
    for (ScheduledDrill drill : claimed) {
      entries.put(drill.learner(), new Entry(drill, now.plus(lease), false));
    }
    return claimed;
  }

  @Override
  public synchronized void putOff(Collection<ScheduledDrill> drills) {
    for (ScheduledDrill drill : drills) {
      entries.computeIfPresent(
          drill.learner(),
          (learner, entry) ->
              entry.settled() || entry.drill().day().isAfter(drill.day())
                  ? entry
                  : new Entry(drill, drill.due(), false));
    }
  }

  @Override
  public synchronized void settle(Collection<ScheduledDrill> drills) {
    for (ScheduledDrill drill : drills) {
      entries.computeIfPresent(
          drill.learner(),
          (learner, entry) ->
              entry.drill().day().equals(drill.day())
                  ? new Entry(entry.drill(), entry.claimable(), true)
                  : entry);
    }
  }

  @Override
  public synchronized List<ScheduledDrill> until(Instant time, int limit) {
    return entries.values().stream()
        .filter(entry -> !entry.settled() && entry.drill().due().isBefore(time))
        .map(Entry::drill)
        .sorted(EARLIEST)
        .limit(limit)
        .toList();
  }
}

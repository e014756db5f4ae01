package co.stopcovid.adapters.inmemory;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.progress.EventArchive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Dialog states and event batches in memory. Threads may share it; each commit is atomic. */
public final class InMemoryDialogStore implements DialogStore, EventHistory, EventArchive {
  private final Map<PhoneNumber, Learner> learners = new ConcurrentHashMap<>();

  @Override
  public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, DialogState> states = HashMap.newHashMap(phones.size());
    for (PhoneNumber phone : phones) {
      Learner learner = learners.get(phone);
      states.put(phone, learner == null ? DialogState.initial(phone) : learner.state());
    }
    return states;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a learner stands in two commits; nothing was written then
   */
  @Override
  public Set<PhoneNumber> commit(List<DialogCommit> commits) {
    Set<PhoneNumber> seen = HashSet.newHashSet(commits.size());
    for (DialogCommit commit : commits) {
      if (!seen.add(commit.phone())) {
        throw new IllegalArgumentException("two commits of learner " + commit.phone());
      }
    }
    Set<PhoneNumber> conflicts = new HashSet<>();
    for (DialogCommit commit : commits) {
      if (!learners.computeIfAbsent(commit.phone(), Learner::new).commit(commit)) {
        conflicts.add(commit.phone());
      }
    }
    return conflicts;
  }

  @Override
  public List<EventBatch> after(PhoneNumber phone, long version, int limit) {
    Learner learner = learners.get(phone);
    return learner == null ? List.of() : learner.after(version, limit);
  }

  @Override
  public List<EventBatch> page(@Nullable Position after, int limit) {
    return learners.entrySet().stream()
        .filter(entry -> after == null || entry.getKey().compareTo(after.phone()) >= 0)
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            entry ->
                entry
                    .getValue()
                    .after(
                        after != null && entry.getKey().equals(after.phone()) ? after.version() : 0,
                        limit)
                    .stream())
        .limit(limit)
        .toList();
  }

  /** One learner's state and history, guarded by its own lock. */
  private static final class Learner {
    private final List<EventBatch> batches = new ArrayList<>();
    private DialogState state;

    Learner(PhoneNumber phone) {
      state = DialogState.initial(phone);
    }

    synchronized DialogState state() {
      return state;
    }

    synchronized boolean commit(DialogCommit commit) {
      if (state.version() != commit.expectedVersion()) {
        return false;
      }
      batches.addAll(commit.batches());
      state = commit.state();
      return true;
    }

    /** The batch with version n stands at n - 1. */
    synchronized List<EventBatch> after(long version, int limit) {
      int from = Math.clamp(version, 0, batches.size());
      int to = (int) Math.min(batches.size(), (long) from + limit);
      return List.copyOf(batches.subList(from, to));
    }
  }
}

package co.stopcovid.adapters.contract;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Translations;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A dialog store with one mistake. */
public final class BrokenDialogStore implements DialogStore, EventHistory {
  /** The mistake. */
  public enum Fault {
    NONE,
    NO_VERSION_CONDITION,
    NO_CONDITION_ON_FIRST_COMMIT,
    ONLY_OLDER_VERSIONS_CONFLICT,
    CHECKED_BEFORE_LOCKED,
    CONFLICT_NOT_REPORTED,
    CONFLICT_STOPS_THE_CALL,
    CONFLICT_UNDOES_THE_CALL,
    CONFLICT_WRITES_LATER_BATCHES,
    CONFLICT_WRITES_BATCHES,
    CONFLICT_WRITES_STATE,
    EVERYBODY_CONFLICTS,
    STATE_WITHOUT_BATCH,
    BATCH_WITHOUT_STATE,
    BATCH_LATER_THAN_STATE,
    STATE_LATER_THAN_BATCH,
    ONLY_LAST_BATCH,
    BATCHES_REVERSED,
    ONLY_FIRST_HUNDRED,
    EMPTY_CALL_FAILS,
    LOCKS_LEARNERS_IN_CALL_ORDER,
    SECOND_WORKER_HAS_A_CACHE,
    UNKNOWN_LEARNERS_LEFT_OUT,
    LOADS_EVERYBODY,
    UNREADABLE_FAILS_ALL,
    UNREADABLE_BECOMES_INITIAL,
    FAILURES_FORGOTTEN,
    DRILL_TEXTS_FORGOTTEN,
    SEQ_AS_LONG,
    TEXT_CUT,
    NEWEST_FIRST,
    VERSION_INCLUDED,
    LIMIT_IGNORED,
    LIMIT_TAKES_THE_LAST,
    BATCHES_OF_ALL,
    HISTORY_FAILS_FOR_UNKNOWN
  }

  private final Fault fault;
  private final Map<PhoneNumber, DialogState> states = new ConcurrentHashMap<>();
  private final Map<PhoneNumber, List<EventBatch>> batches = new ConcurrentHashMap<>();
  private final Map<PhoneNumber, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Set<PhoneNumber> unreadable = ConcurrentHashMap.newKeySet();

  public BrokenDialogStore(Fault fault) {
    this.fault = fault;
  }

  void makeUnreadable(PhoneNumber phone) {
    unreadable.add(phone);
  }

  @Override
  public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, DialogState> found = new HashMap<>();
    for (PhoneNumber phone : fault == Fault.LOADS_EVERYBODY ? all(phones) : phones) {
      DialogState state = reading(phone, () -> states.get(phone));
      if (unreadable.contains(phone)) {
        switch (fault) {
          case UNREADABLE_FAILS_ALL -> throw new IllegalStateException("cannot read");
          case UNREADABLE_BECOMES_INITIAL -> found.put(phone, DialogState.initial(phone));
          default -> {}
        }
      } else if (state != null) {
        found.put(phone, state);
      } else if (fault != Fault.UNKNOWN_LEARNERS_LEFT_OUT) {
        found.put(phone, DialogState.initial(phone));
      }
    }
    return found;
  }

  /** Who reads must not see half of a commit, save for the faults that show it. */
  private <T extends @Nullable Object> T reading(PhoneNumber phone, Supplier<T> read) {
    if (fault == Fault.BATCH_LATER_THAN_STATE || fault == Fault.STATE_LATER_THAN_BATCH) {
      return read.get();
    }
    ReentrantLock lock = locks.computeIfAbsent(phone, unlocked -> new ReentrantLock());
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  private Set<PhoneNumber> all(Set<PhoneNumber> phones) {
    Set<PhoneNumber> all = new HashSet<>(phones);
    all.addAll(states.keySet());
    return all;
  }

  @Override
  public Set<PhoneNumber> commit(List<DialogCommit> commits) {
    if (fault == Fault.EMPTY_CALL_FAILS && commits.isEmpty()) {
      throw new IllegalStateException("syntax error near )");
    }
    Set<PhoneNumber> conflicts = new HashSet<>();
    List<PhoneNumber> order = new ArrayList<>(commits.stream().map(DialogCommit::phone).toList());
    if (fault != Fault.LOCKS_LEARNERS_IN_CALL_ORDER) {
      order.sort(null);
    }
    if (fault == Fault.CHECKED_BEFORE_LOCKED) {
      commits.stream().filter(it -> !fits(it)).map(DialogCommit::phone).forEach(conflicts::add);
      LockSupport.parkNanos(100_000);
    }
    List<ReentrantLock> held = new ArrayList<>();
    try {
      order.forEach(phone -> held.add(lock(phone)));
      if (fault == Fault.CONFLICT_UNDOES_THE_CALL) {
        commits.stream().filter(it -> !fits(it)).map(DialogCommit::phone).forEach(conflicts::add);
        if (!conflicts.isEmpty()) {
          return conflicts;
        }
      }
      int done = 0;
      for (DialogCommit commit : commits) {
        if (fault == Fault.ONLY_FIRST_HUNDRED && ++done > 100) {
          break;
        }
        boolean fits =
            fault == Fault.CHECKED_BEFORE_LOCKED
                ? !conflicts.contains(commit.phone())
                : fits(commit);
        if (fits) {
          write(commit);
        } else {
          conflicts.add(commit.phone());
          conflict(commit);
          if (fault == Fault.CONFLICT_STOPS_THE_CALL) {
            break;
          }
        }
      }
    } finally {
      held.reversed().forEach(ReentrantLock::unlock);
    }
    return switch (fault) {
      case CONFLICT_NOT_REPORTED -> Set.of();
      case EVERYBODY_CONFLICTS -> Set.copyOf(order);
      default -> conflicts;
    };
  }

  private ReentrantLock lock(PhoneNumber phone) {
    ReentrantLock lock = locks.computeIfAbsent(phone, unlocked -> new ReentrantLock());
    if (fault != Fault.LOCKS_LEARNERS_IN_CALL_ORDER) {
      lock.lock();
      return lock;
    }
    try {
      LockSupport.parkNanos(10_000);
      if (!lock.tryLock(100, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("deadlock detected");
      }
      return lock;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean fits(DialogCommit commit) {
    DialogState state = states.get(commit.phone());
    long stored = state == null ? 0 : state.version();
    return switch (fault) {
      case NO_VERSION_CONDITION -> true;
      case NO_CONDITION_ON_FIRST_COMMIT ->
          commit.expectedVersion() == 0 || stored == commit.expectedVersion();
      case ONLY_OLDER_VERSIONS_CONFLICT -> stored <= commit.expectedVersion();
      default -> stored == commit.expectedVersion();
    };
  }

  private void write(DialogCommit commit) {
    List<EventBatch> written =
        switch (fault) {
          case STATE_WITHOUT_BATCH -> List.of();
          case ONLY_LAST_BATCH -> List.of(commit.batches().getLast());
          case BATCHES_REVERSED -> commit.batches().reversed();
          default -> commit.batches();
        };
    if (fault == Fault.BATCH_LATER_THAN_STATE) {
      putState(commit.state());
      LockSupport.parkNanos(50_000);
    }
    addBatches(commit.phone(), written);
    if (fault == Fault.STATE_LATER_THAN_BATCH) {
      LockSupport.parkNanos(50_000);
    }
    if (fault != Fault.BATCH_WITHOUT_STATE) {
      putState(commit.state());
    }
  }

  private void conflict(DialogCommit commit) {
    switch (fault) {
      case CONFLICT_WRITES_STATE -> putState(commit.state());
      case CONFLICT_WRITES_BATCHES -> addBatches(commit.phone(), commit.batches());
      case CONFLICT_WRITES_LATER_BATCHES ->
          addBatches(
              commit.phone(),
              commit.batches().stream()
                  .filter(batch -> batch.version() > batches(commit.phone()).size())
                  .toList());
      default -> {}
    }
  }

  private List<EventBatch> batches(PhoneNumber phone) {
    return batches.computeIfAbsent(phone, unknown -> new CopyOnWriteArrayList<>());
  }

  private void addBatches(PhoneNumber phone, List<EventBatch> added) {
    batches(phone).addAll(added.stream().map(this::stored).toList());
  }

  private EventBatch stored(EventBatch batch) {
    SequenceNumber seq =
        fault == Fault.SEQ_AS_LONG
            ? SequenceNumber.of(batch.seq().value().longValue() & Long.MAX_VALUE)
            : batch.seq();
    List<DialogEvent> events = batch.events();
    if (fault == Fault.TEXT_CUT) {
      events = events.stream().map(BrokenDialogStore::cut).toList();
    }
    return new EventBatch(
        batch.phone(), seq, batch.version(), batch.createdTime(), batch.profile(), events);
  }

  private static DialogEvent cut(DialogEvent event) {
    return event instanceof DialogEvent.CompletedPrompt e
        ? new DialogEvent.CompletedPrompt(
            e.createdTime(), e.drillInstanceId(), e.prompt(), e.response().strip())
        : event;
  }

  private void putState(DialogState state) {
    CurrentDrill current = state.current();
    UserProfile profile = state.profile();
    if (fault == Fault.DRILL_TEXTS_FORGOTTEN && current != null) {
      DrillVersion bare =
          DrillVersion.of(
              Samples.drill(current.drill().slug().value(), "?").drill(),
              new Translations(Map.of()),
              Samples.TABLES);
      current = new CurrentDrill(bare, current.instanceId(), current.prompt());
    }
    if (fault == Fault.FAILURES_FORGOTTEN && current != null && current.prompt() != null) {
      var prompt = current.prompt();
      current =
          new CurrentDrill(
              current.drill(),
              current.instanceId(),
              new PromptState(
                  prompt.slug(), prompt.startTime(), 0, false, prompt.reminders(), null));
    }
    states.put(
        state.phone(),
        new DialogState(
            state.phone(),
            state.seq(),
            state.version(),
            profile,
            current,
            state.wrongCodes(),
            state.requestedVersion()));
  }

  @Override
  public List<EventBatch> after(PhoneNumber phone, long version, int limit) {
    if (fault == Fault.HISTORY_FAILS_FOR_UNKNOWN && !batches.containsKey(phone)) {
      throw new IllegalStateException("no such learner");
    }
    List<EventBatch> all =
        fault == Fault.BATCHES_OF_ALL
            ? batches.values().stream().flatMap(List::stream).toList()
            : reading(phone, () -> List.copyOf(batches.getOrDefault(phone, List.of())));
    long from = fault == Fault.VERSION_INCLUDED ? version - 1 : version;
    List<EventBatch> later = all.stream().filter(batch -> batch.version() > from).toList();
    return switch (fault) {
      case NEWEST_FIRST -> later.reversed().stream().limit(limit).toList();
      case LIMIT_TAKES_THE_LAST -> later.subList(Math.max(0, later.size() - limit), later.size());
      case LIMIT_IGNORED -> later;
      default -> later.stream().limit(limit).toList();
    };
  }
}

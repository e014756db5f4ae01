package co.stopcovid.adapters.inmemory;

import co.stopcovid.common.NameKey;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.ChosenTime;
import co.stopcovid.progress.CompletionReport;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.DueLearners;
import co.stopcovid.progress.LearnerDirectory;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerNumbers;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressRules;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.progress.Whereabouts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Progress in memory. Threads may share it: one call at a time. */
public final class InMemoryProgressStore
    implements ProgressStore, DueLearners, CompletionReport, LearnerDirectory {
  private static final Comparator<WaitingPrompt> BY_HOUR =
      Comparator.comparing((WaitingPrompt waiting) -> waiting.since().truncatedTo(ChronoUnit.HOURS))
          .thenComparing(waiting -> new LearnerId(waiting.instanceId()));
  private final SortedMap<LearnerId, LearnerProgress> learners = new TreeMap<>();
  private final Map<PhoneNumber, LearnerId> owners = new HashMap<>();
  private final Map<String, Reminded> reminders = new HashMap<>();
  private List<DrillSlug> reachedCourse = List.of();
  private @Nullable Reaching reaching;

  /** The last step of a prompt, and when it was sent. */
  private record Reminded(int step, Instant time) {}

  /** A course on its way. */
  private record Reaching(List<DrillSlug> course, LearnerId last) {}

  @Override
  public synchronized Map<PhoneNumber, Long> apply(
      Collection<EventBatch> batches, List<DrillSlug> course) {
    Map<PhoneNumber, Long> gaps = new HashMap<>();
    batches.stream()
        .sorted(Comparator.comparing(EventBatch::phone).thenComparingLong(EventBatch::version))
        .forEach(
            batch -> {
              LearnerProgress progress = ownerOf(batch.phone());
              if (progress == null && batch.version() == 1) {
                progress =
                    LearnerProgress.enrolled(LearnerNumbers.single(batch.phone()), course, batch);
              }
              long held =
                  progress == null
                      ? 0
                      : progress.phone(batch.phone()).map(LearnerPhone::version).orElse(0L);
              if (progress != null && batch.version() == held + 1) {
                put(ProgressRules.apply(progress, batch));
              } else if (batch.version() > held) {
                gaps.put(batch.phone(), held);
              }
            });
    return gaps;
  }

  @Override
  public synchronized List<LearnerProgress> page(
      @Nullable String company, @Nullable LearnerId after, int limit) {
    return learners.values().stream()
        .filter(learner -> after == null || learner.id().compareTo(after) > 0)
        .filter(learner -> isNamed(company, learner.profile().accountInfo().company()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<LearnerProgress> silent(@Nullable LearnerId after, int limit) {
    return page(after).filter(ProgressRules::isSilent).limit(limit).toList();
  }

  private @Nullable LearnerProgress ownerOf(PhoneNumber phone) {
    LearnerId owner = owners.get(phone);
    return owner == null ? null : learners.get(owner);
  }

  private void put(LearnerProgress progress) {
    learners.put(progress.id(), progress);
    progress.phones().forEach(phone -> owners.put(phone.phone(), progress.id()));
  }

  @Override
  public synchronized Map<PhoneNumber, LearnerProgress> find(Set<PhoneNumber> phones) {
    Map<PhoneNumber, LearnerProgress> found = new HashMap<>();
    for (PhoneNumber phone : phones) {
      LearnerProgress progress = ownerOf(phone);
      if (progress != null) {
        found.put(phone, progress);
      }
    }
    return found;
  }

  @Override
  public synchronized Map<LearnerId, LearnerProgress> load(Set<LearnerId> ids) {
    Map<LearnerId, LearnerProgress> found = new HashMap<>(learners);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public synchronized Map<PhoneNumber, LearnerNumbers> numbersOfSeveral(Set<PhoneNumber> phones) {
    Map<PhoneNumber, LearnerNumbers> several = new HashMap<>();
    for (PhoneNumber phone : phones) {
      LearnerProgress progress = ownerOf(phone);
      if (progress != null && progress.phones().size() > 1) {
        several.put(phone, progress.numbers());
      }
    }
    return several;
  }

  @Override
  public synchronized boolean link(LearnerId learner, PhoneNumber additional) {
    LearnerId owner = owners.get(additional);
    LearnerProgress progress = learners.get(learner);
    if (owner != null || progress == null) {
      return learner.equals(owner);
    }
    List<LearnerPhone> phones = new ArrayList<>(progress.phones());
    phones.add(LearnerPhone.silent(additional, false));
    put(progress.withPhones(phones));
    return true;
  }

  @Override
  public synchronized Optional<LearnerId> enrol(
      List<DrillSlug> course, @Nullable LearnerId after, int limit) {
    List<LearnerProgress> page = page(after).limit(limit).toList();
    for (LearnerProgress progress : page) {
      put(progress.inCourse(course));
    }
    return page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().id());
  }

  @Override
  public synchronized List<DrillSlug> reachedCourse() {
    return reachedCourse;
  }

  @Override
  public synchronized void recordReached(List<DrillSlug> course) {
    reachedCourse = List.copyOf(course);
    reaching = null;
  }

  @Override
  public synchronized Optional<LearnerId> reachedSoFar(List<DrillSlug> course) {
    return reaching != null && reaching.course().equals(course)
        ? Optional.of(reaching.last())
        : Optional.empty();
  }

  @Override
  public synchronized void recordReachedSoFar(List<DrillSlug> course, LearnerId last) {
    reaching = new Reaching(List.copyOf(course), last);
  }

  private Stream<LearnerProgress> page(@Nullable LearnerId after) {
    return learners.values().stream()
        .filter(progress -> after == null || progress.id().compareTo(after) > 0);
  }

  @Override
  public synchronized Replaced replace(Collection<LearnerProgress> rebuilt) {
    Set<LearnerId> written = new HashSet<>();
    Set<LearnerId> outrun = new HashSet<>();
    for (LearnerProgress progress : rebuilt) {
      LearnerProgress stored = learners.get(progress.id());
      boolean taken =
          progress.phones().stream()
              .map(phone -> owners.getOrDefault(phone.phone(), progress.id()))
              .anyMatch(owner -> !owner.equals(progress.id()));
      if (taken || (stored != null && stored.isAheadOf(progress))) {
        outrun.add(progress.id());
        continue;
      }
      LearnerProgress next = stored == null ? progress : progress.placedAs(stored);
      if (!next.equals(stored)) {
        put(next);
        written.add(progress.id());
      }
    }
    return new Replaced(written, outrun);
  }

  @Override
  public synchronized List<InactiveLearner> inactive(
      Instant since, Set<DrillSlug> published, @Nullable LearnerId after, int limit) {
    return page(after)
        .filter(progress -> ProgressRules.isInactive(progress, since, published))
        .limit(limit)
        .map(
            progress ->
                new InactiveLearner(
                    progress.id(),
                    Whereabouts.of(progress.reachableAt().orElseThrow(), progress.profile()),
                    ProgressRules.nextDrill(progress, published).orElseThrow(),
                    progress.unasked(),
                    ChosenTime.of(progress.profile())))
        .toList();
  }

  @Override
  public synchronized List<ChosenLearner> withChosenTime(@Nullable LearnerId after, int limit) {
    return page(after)
        .filter(progress -> progress.reachableAt().isPresent())
        .filter(progress -> ChosenTime.of(progress.profile()).time() != null)
        .limit(limit)
        .map(
            progress ->
                new ChosenLearner(
                    progress.id(),
                    Whereabouts.of(progress.reachableAt().orElseThrow(), progress.profile()),
                    progress.unasked(),
                    ChosenTime.of(progress.profile())))
        .toList();
  }

  @Override
  public synchronized List<WaitingPrompt> waiting(
      int step, Instant from, Instant to, @Nullable WaitingPrompt after, int limit) {
    List<WaitingPrompt> found = new ArrayList<>();
    for (LearnerProgress progress : learners.values()) {
      for (DrillInstance instance : progress.instances()) {
        Instant since = instance.waitingSince();
        if (!since.isBefore(from)
            && !since.isAfter(to)
            && ProgressRules.mayBeReminded(progress, instance)) {
          found.add(
              new WaitingPrompt(
                  Whereabouts.of(instance.phone(), progress.profile()),
                  instance.id(),
                  instance.prompt(),
                  since));
        }
      }
    }
    return found.stream()
        .filter(waiting -> after == null || BY_HOUR.compare(waiting, after) > 0)
        .filter(
            waiting -> {
              Reminded last = reminders.get(keyOf(waiting));
              return last == null || last.step() < step;
            })
        .sorted(BY_HOUR)
        .limit(limit)
        .toList();
  }

  private static String keyOf(WaitingPrompt waiting) {
    return waiting.instanceId() + "/" + waiting.prompt();
  }

  @Override
  public synchronized void recordReminders(
      int step, Collection<WaitingPrompt> reminded, Instant now) {
    for (WaitingPrompt waiting : reminded) {
      reminders.merge(
          keyOf(waiting),
          new Reminded(step, now),
          (last, next) -> next.step() > last.step() ? next : last);
    }
  }

  @Override
  public synchronized void forgetReminders(Instant before) {
    reminders.values().removeIf(last -> last.time().isBefore(before));
  }

  @Override
  public synchronized List<Row> page(Filter filter, @Nullable Row after, int limit) {
    record Key(String company, String unit, DrillSlug drill) {}

    Map<Key, List<LearnerProgress>> learnersOf = new HashMap<>();
    learners.values().stream()
        .filter(progress -> counts(progress, filter))
        .forEach(
            progress -> {
              AccountInfo account = progress.profile().accountInfo();
              for (DrillStatus status : progress.statuses()) {
                var key =
                    new Key(
                        NameKey.of(account.company()), NameKey.of(account.unit()), status.drill());
                learnersOf.computeIfAbsent(key, first -> new ArrayList<>()).add(progress);
              }
            });
    return learnersOf.entrySet().stream()
        .map(entry -> row(entry.getKey().drill(), entry.getValue()))
        .filter(row -> after == null || Row.ORDER.compare(row, after) > 0)
        .sorted(Row.ORDER)
        .limit(limit)
        .toList();
  }

  private static boolean counts(LearnerProgress progress, Filter filter) {
    return progress.profile().validated()
        && (filter.demo() || !progress.profile().isDemo())
        && isNamed(filter.company(), progress.profile().accountInfo().company())
        && isNamed(filter.unit(), progress.profile().accountInfo().unit());
  }

  private static boolean isNamed(@Nullable String wanted, String name) {
    return wanted == null || NameKey.of(wanted).equals(NameKey.of(name));
  }

  private static Row row(DrillSlug drill, List<LearnerProgress> group) {
    List<DrillStatus> statuses =
        group.stream()
            .flatMap(progress -> progress.statuses().stream())
            .filter(status -> status.drill().equals(drill))
            .toList();
    return new Row(
        first(group, AccountInfo::company),
        first(group, AccountInfo::unit),
        drill,
        statuses.size(),
        statuses.stream().filter(status -> status.isStarted() || status.isCompleted()).count(),
        statuses.stream().filter(DrillStatus::isCompleted).count());
  }

  /** Of the ways in which a name is written the first by the alphabet. */
  private static String first(List<LearnerProgress> group, Function<AccountInfo, String> name) {
    return group.stream()
        .map(progress -> NameKey.shown(name.apply(progress.profile().accountInfo())))
        .min(Comparator.naturalOrder())
        .orElse("");
  }
}

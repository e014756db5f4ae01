package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes everybody's progress anew from the events and puts right what is stored otherwise. The
 * updater may go on meanwhile: a learner whose progress it moved is computed once more.
 */
public final class ProgressRebuild {
  private static final Comparator<EventBatch> EARLIEST =
      Comparator.comparing(EventBatch::createdTime).thenComparing(EventBatch::phone);
  private static final int HISTORY_PAGE = 1_000;
  private static final int LEARNERS_AT_ONCE = 1_000;
  private static final int MOST_ATTEMPTS = 5;

  private final EventArchive archive;
  private final EventHistory history;
  private final ProgressStore store;
  private final DrillCatalogue catalogue;
  private final int pageSize;

  /**
   * @param pageSize how many batches are read at once
   */
  public ProgressRebuild(
      EventArchive archive,
      EventHistory history,
      ProgressStore store,
      DrillCatalogue catalogue,
      int pageSize) {
    this.archive = archive;
    this.history = history;
    this.store = store;
    this.catalogue = catalogue;
    this.pageSize = pageSize;
  }

  /**
   * What a rebuild did.
   *
   * @param batches how many were read
   * @param corrected learners whose stored progress was missing or wrong
   * @param left learners who were so busy that the stored progress was always ahead of what had
   *     been read; it was left as it is
   */
  public record Result(long batches, long corrected, long left) {}

  public Result run() {
    return new Run().all();
  }

  /**
   * The same for the learner with one number, on all numbers of the learner.
   *
   * @return without batches when nothing was heard of the number
   */
  public Result of(PhoneNumber phone) {
    return new Run().one(phone);
  }

  private final class Run {
    private final List<DrillSlug> course = Course.of(catalogue);
    private long batches;
    private long corrected;
    private long left;

    Result all() {
      Map<PhoneNumber, List<EventBatch>> open = new TreeMap<>();
      List<EventBatch> page = archive.page(null, pageSize);
      while (true) {
        batches += page.size();
        for (EventBatch batch : page) {
          open.computeIfAbsent(batch.phone(), phone -> new ArrayList<>()).add(batch);
        }
        if (page.size() < pageSize) {
          rebuild(open);
          return new Result(batches, corrected, left);
        }
        EventArchive.Position last = EventArchive.Position.of(page.getLast());
        // The batches of the last number may go on in the next page.
        List<EventBatch> unfinished = open.remove(last.phone());
        rebuild(open);
        open.clear();
        if (unfinished != null) {
          open.put(last.phone(), unfinished);
        }
        page = archive.page(last, pageSize);
      }
    }

    Result one(PhoneNumber phone) {
      List<EventBatch> own = read(phone);
      batches = own.size();
      rebuild(own.isEmpty() ? Map.of() : Map.of(phone, own));
      return new Result(batches, corrected, left);
    }

    private void rebuild(Map<PhoneNumber, List<EventBatch>> complete) {
      Map<PhoneNumber, LearnerNumbers> several =
          complete.isEmpty() ? Map.of() : store.numbersOfSeveral(complete.keySet());
      Map<LearnerId, LearnerNumbers> learners = new HashMap<>();
      for (PhoneNumber phone : complete.keySet()) {
        LearnerNumbers numbers = several.getOrDefault(phone, LearnerNumbers.single(phone));
        learners.put(numbers.learner(), numbers);
        if (learners.size() == LEARNERS_AT_ONCE) {
          replace(learners, complete);
          learners.clear();
        }
      }
      replace(learners, complete);
    }

    private void replace(
        Map<LearnerId, LearnerNumbers> learners, Map<PhoneNumber, List<EventBatch>> read) {
      Map<LearnerId, LearnerNumbers> open = new HashMap<>(learners);
      Map<PhoneNumber, List<EventBatch>> known = read;
      for (int attempt = 0; attempt < MOST_ATTEMPTS && !open.isEmpty(); attempt++) {
        List<LearnerProgress> rebuilt = new ArrayList<>(open.size());
        for (LearnerNumbers numbers : open.values()) {
          rebuilt.add(fold(numbers, known));
        }
        ProgressStore.Replaced replaced = store.replace(rebuilt);
        corrected += replaced.written().size();
        open.keySet().retainAll(replaced.outrun());
        known = Map.of();
      }
      left += open.size();
    }

    private LearnerProgress fold(LearnerNumbers numbers, Map<PhoneNumber, List<EventBatch>> known) {
      List<List<EventBatch>> dialogs = new ArrayList<>();
      for (PhoneNumber phone : numbers.all()) {
        List<EventBatch> own = known.get(phone);
        dialogs.add(own == null ? read(phone) : own);
      }
      List<EventBatch> merged = merge(dialogs);
      LearnerProgress progress = LearnerProgress.enrolled(numbers, course, merged.getFirst());
      for (EventBatch batch : merged) {
        progress = ProgressRules.apply(progress, batch);
      }
      return progress;
    }

    private List<EventBatch> read(PhoneNumber phone) {
      List<EventBatch> all = new ArrayList<>();
      List<EventBatch> page;
      do {
        page = history.after(phone, all.size(), HISTORY_PAGE);
        all.addAll(page);
      } while (page.size() == HISTORY_PAGE);
      return all;
    }
  }

  /** By time between dialogs, by version within one, even where its clock went back. */
  private static List<EventBatch> merge(Collection<List<EventBatch>> dialogs) {
    if (dialogs.size() == 1) {
      return dialogs.iterator().next();
    }
    List<Deque<EventBatch>> open = new ArrayList<>();
    for (List<EventBatch> dialog : dialogs) {
      open.add(new ArrayDeque<>(dialog));
    }
    List<EventBatch> merged = new ArrayList<>();
    while (true) {
      open.removeIf(Deque::isEmpty);
      if (open.isEmpty()) {
        return merged;
      }
      Deque<EventBatch> first = Collections.min(open, Comparator.comparing(Deque::peek, EARLIEST));
      merged.add(first.remove());
    }
  }
}

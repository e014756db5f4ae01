package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import co.stopcovid.adapters.postgres.PostgresEventFeed.Intact;
import co.stopcovid.adapters.postgres.PostgresEventFeed.Unreadable;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Some batches of the event feed, in its order; not empty. */
record EventPage(List<Entry> entries) {
  EventPage {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a page without an entry");
    }
  }

  int size() {
    return entries.size();
  }

  long last() {
    return entries.getLast().position();
  }

  /** Of the first entry; of all, when there is but one. */
  PhoneNumber phone() {
    return entries.getFirst().phone();
  }

  /** What can be taken in: all of a learner's batches up to the first one that cannot be read. */
  List<EventBatch> batchesWithout(Set<PhoneNumber> excluded) {
    List<EventBatch> batches = new ArrayList<>(entries.size());
    Map<PhoneNumber, String> unreadable = new LinkedHashMap<>();
    for (Entry entry : entries) {
      switch (entry) {
        case Unreadable lost -> unreadable.putIfAbsent(lost.phone(), lost.reason());
        case Intact(long position, EventBatch batch) -> {
          if (!unreadable.containsKey(batch.phone()) && !excluded.contains(batch.phone())) {
            batches.add(batch);
          }
        }
      }
    }
    return batches;
  }

  /** Learners with a batch that cannot be read, and why. */
  Map<PhoneNumber, String> unreadable() {
    Map<PhoneNumber, String> reasons = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Unreadable lost) {
        reasons.putIfAbsent(lost.phone(), lost.reason());
      }
    }
    return reasons;
  }

  EventPage firstHalf() {
    return new EventPage(entries.subList(0, size() / 2));
  }

  EventPage secondHalf() {
    return new EventPage(entries.subList(size() / 2, size()));
  }
}

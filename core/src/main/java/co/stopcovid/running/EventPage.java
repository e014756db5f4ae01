package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some entries of the events, in their order: event batches, or what cannot be read as one. */
public record EventPage(List<Entry> entries) {
  public EventPage {
    entries = List.copyOf(entries);
  }

  /** What stands at a place of the events. */
  public sealed interface Entry {
    /** The name of the place, as its stream gives it. */
    String id();

    /** Whose it is; null when not even that can be read. */
    @Nullable PhoneNumber phone();

    record Intact(String id, EventBatch batch) implements Entry {
      @Override
      public PhoneNumber phone() {
        return batch.phone();
      }
    }

    /**
     * A batch that is there, but cannot be read: no reason for other learners to wait.
     *
     * @param payload as it stands there
     */
    record Unreadable(String id, @Nullable PhoneNumber phone, String payload, String reason)
        implements Entry {
      /** Without the payload, which is private. */
      @Override
      public String toString() {
        return "Unreadable[%s: %s]".formatted(id, reason);
      }
    }
  }

  /** What can be taken in: of each learner the batches before the first that cannot be read. */
  public List<EventBatch> batches() {
    Set<PhoneNumber> stopped = new HashSet<>();
    List<EventBatch> batches = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Unreadable lost -> Optional.ofNullable(lost.phone()).ifPresent(stopped::add);
        case Entry.Intact(String id, EventBatch batch) -> {
          if (!stopped.contains(batch.phone())) {
            batches.add(batch);
          }
        }
      }
    }
    return batches;
  }

  /** Learners with a batch that cannot be read, and why the first of these cannot. */
  public Map<PhoneNumber, String> unreadable() {
    Map<PhoneNumber, String> reasons = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Unreadable lost && lost.phone() != null) {
        reasons.putIfAbsent(lost.phone(), lost.reason());
      }
    }
    return reasons;
  }
}

package co.stopcovid.running;

import co.stopcovid.common.Failure;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a consumer along the events. A learner whose batch cannot be read or taken in, or whose
 * history has a hole, is passed over; the others must not wait for that.
 */
public final class EventFollower {
  /** What a consumer does with event batches. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * @param batches those of a learner in the order of their versions
     * @return the learners who could not be followed, and why; all of the others' is taken in
     */
    Map<PhoneNumber, String> take(List<EventBatch> batches);
  }

  /** Keeps in mind whom a consumer leaves behind, until that is mended. */
  @FunctionalInterface
  public interface PassedOver {
    /**
     * @param page what was to be taken in; an entry of no known learner that cannot be read is
     *     passed over, too
     * @param reasons why, for each learner who is passed over
     */
    void add(EventPage page, Map<PhoneNumber, String> reasons);
  }

  private final Consumer consumer;
  private final PassedOver passedOver;

  public EventFollower(Consumer consumer, PassedOver passedOver) {
    this.consumer = consumer;
    this.passedOver = passedOver;
  }

  /** Takes a page in. It can be taken again. */
  public void take(EventPage page) {
    List<EventBatch> batches = page.batches();
    Map<PhoneNumber, String> reasons = new LinkedHashMap<>(page.unreadable());
    if (!batches.isEmpty()) {
      reasons.putAll(consumer.take(batches));
    }
    passedOver.add(page, reasons);
  }

  /** Leaves the learner of an entry behind that makes all fail. */
  public void passOver(EventPage.Entry entry, Throwable failure) {
    @Nullable PhoneNumber phone = entry.phone();
    passedOver.add(
        new EventPage(List.of(entry)),
        phone == null ? Map.of() : Map.of(phone, Failure.reasonOf(failure)));
  }
}

package co.stopcovid.dialog;

import co.stopcovid.common.DerivedId;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * All events of one command. Ids are not stored in it: they derive from phone number, seq and the
 * place of the event.
 *
 * @param seq number of the command that made the batch
 * @param version 1, 2, 3 … without a gap for each learner
 * @param profile the learner's profile after the batch
 */
public record EventBatch(
    PhoneNumber phone,
    SequenceNumber seq,
    long version,
    Instant createdTime,
    UserProfile profile,
    List<DialogEvent> events) {
  /**
   * @throws IllegalArgumentException when there is no event, or the version is below 1
   */
  public EventBatch {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("an event batch has at least one event");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version is " + version + ", but begins with 1");
    }
  }

  public UUID id() {
    return DerivedId.of(phone, seq, "batch");
  }

  /**
   * The id of one event.
   *
   * @param index place in {@link #events}, from 0
   */
  public UUID eventId(int index) {
    return DerivedId.of(phone, seq, "event " + index);
  }
}

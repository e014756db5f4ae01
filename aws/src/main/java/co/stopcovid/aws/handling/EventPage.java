package co.stopcovid.aws.handling;

import co.stopcovid.dialog.EventBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some records of the event stream, in its order.
 *
 * @param blockedAt id of the first record that only a newer program can read; what follows it is
 *     not in the page. Null when there is none
 */
public record EventPage(List<Entry> entries, @Nullable String blockedAt) {
  public EventPage {
    entries = List.copyOf(entries);
  }

  /** A record of the event stream. */
  public sealed interface Entry {
    String id();

    /** It holds this batch. */
    record Intact(String id, EventBatch batch) implements Entry {}

    /**
     * It cannot be read.
     *
     * @param phone whose it is; empty when not even that can be read
     * @param payload as it stands in the stream
     */
    record Unreadable(String id, String phone, String payload, String reason) implements Entry {
      /** Without the payload, which is private. */
      @Override
      public String toString() {
        return "Unreadable[%s: %s]".formatted(id, reason);
      }
    }
  }
}

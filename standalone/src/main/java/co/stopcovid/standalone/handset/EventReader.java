package co.stopcovid.standalone.handset;

import co.stopcovid.standalone.jsonl.BoundedLines;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events as the service writes them. */
final class EventReader {
  private static final int LONGEST_LINE_BYTES = 1 << 20;
  private static final String LIVE = "live";

  private final BoundedLines lines;
  private @Nullable String lastId;

  /**
   * @param lastId of the last event that was read from an earlier stream; null for none
   */
  EventReader(InputStream stream, @Nullable String lastId) {
    this.lines = new BoundedLines(stream, LONGEST_LINE_BYTES);
    this.lastId = lastId;
  }

  /** Where a later stream is to go on; null for the beginning. */
  @Nullable String lastId() {
    return lastId;
  }

  /** The next event; null after the last. */
  @Nullable ServiceEvent next() throws IOException {
    String id = null;
    String type = "";
    String data = null;
    for (var line = lines.next(); line != null; line = lines.next()) {
      if (!(line instanceof BoundedLines.Line.Text(long number, String text))) {
        throw new IOException("an event that cannot be read");
      }
      int colon = text.indexOf(':');
      String field = colon < 0 ? text : text.substring(0, colon);
      String value = colon < 0 ? "" : text.substring(colon + 1).stripLeading();
      switch (field) {
        case "id" -> id = value;
        case "event" -> type = value;
        case "data" -> data = value;
        default -> {
          // A comment, or what this phone has no use for.
        }
      }
      if (text.isEmpty() && data != null) {
        lastId = id == null ? lastId : id;
        return type.equals(LIVE) ? new ServiceEvent.Live() : ServiceEvent.message(data);
      }
    }
    return null;
  }
}

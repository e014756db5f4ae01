package co.stopcovid.desk;

import co.stopcovid.sms.LoggedMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was said, the newest first.
 *
 * @param earlier where the next page begins; null when there are no earlier messages
 */
public record Conversation(List<LoggedMessage> messages, @Nullable Moment earlier) {
  /** Before all messages of a conversation. */
  static final Moment LATEST = new Moment(Instant.parse("9999-12-31T00:00:00Z"), 0);

  public Conversation {
    messages = List.copyOf(messages);
  }

  /**
   * Where a page ended: messages of one moment may stand on both sides of its end.
   *
   * @param time of its last message
   * @param shown how many messages of that time were shown so far
   */
  public record Moment(Instant time, int shown) {
    private static final int MOST_AT_ONE_MOMENT = 10_000;

    /**
     * @throws IllegalArgumentException when no page ends so
     */
    public Moment {
      if (shown < 0
          || shown > MOST_AT_ONE_MOMENT
          || time.isBefore(Instant.EPOCH)
          || time.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
        throw new IllegalArgumentException("is not what a page gave as next");
      }
    }

    private Moment after(List<LoggedMessage> page) {
      Instant last = page.getLast().time();
      int same = (int) page.stream().filter(message -> message.time().equals(last)).count();
      return new Moment(last, last.equals(time) ? shown + same : same);
    }
  }

  /**
   * A page of what was found.
   *
   * @param found up to the limit and what was shown of the moment
   */
  static Conversation page(List<LoggedMessage> found, Moment from, int limit) {
    List<LoggedMessage> page = found.stream().skip(from.shown()).toList();
    return new Conversation(page, page.size() < limit ? null : from.after(page));
  }
}

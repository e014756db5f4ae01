package co.stopcovid.aws.sqs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message for a queue.
 *
 * @param body JSON. Characters that SQS refuses stand escaped in it
 * @param group null for a queue without order; messages of one group are received in order
 * @param deduplicationId a FIFO queue takes what has the same id once within five minutes; null for
 *     a queue without order
 * @param delay for whole seconds, up to {@link #LONGEST_DELAY}; zero in a FIFO queue
 */
public record QueueMessage(
    String body, @Nullable String group, @Nullable String deduplicationId, Duration delay) {
  /** The longest body, and the most that one request may hold, in bytes. */
  public static final int LONGEST = 1_048_576;

  public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /**
   * @throws IllegalArgumentException when the delay is negative or too long, or only one of group
   *     and id is there
   */
  public QueueMessage {
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("a delay of " + delay);
    }
    if ((group == null) != (deduplicationId == null)) {
      throw new IllegalArgumentException("a group and a deduplication id belong together");
    }
    body = escaped(body);
  }

  /** For a queue without order. */
  public static QueueMessage of(String body) {
    return new QueueMessage(body, null, null, Duration.ZERO);
  }

  /** For a queue without order, to be received later. */
  public static QueueMessage delayed(String body, Duration delay) {
    return new QueueMessage(body, null, null, delay);
  }

  /** For a FIFO queue. */
  public static QueueMessage inGroup(String group, String deduplicationId, String body) {
    return new QueueMessage(body, group, deduplicationId, Duration.ZERO);
  }

  /** In bytes, as SQS counts. */
  int size() {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * SQS takes the characters of XML only. In JSON the others can stand in texts alone, and there
   * their escapes mean the same.
   */
  private static String escaped(String json) {
    StringBuilder escaped = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean isPair =
          Character.isHighSurrogate(c)
              && i + 1 < json.length()
              && Character.isLowSurrogate(json.charAt(i + 1));
      boolean isRefused = !isPair && (c >= '\uFFFE' || Character.isSurrogate(c));
      if (isRefused && escaped == null) {
        escaped = new StringBuilder(json.length() + 20).append(json, 0, i);
      }
      if (escaped != null) {
        escaped.append(isRefused ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
      if (isPair) {
        i++;
        if (escaped != null) {
          escaped.append(json.charAt(i));
        }
      }
    }
    return escaped == null ? json : escaped.toString();
  }

  /** Without body and group, which are private. */
  @Override
  public String toString() {
    return "QueueMessage[%s, %d characters]".formatted(deduplicationId, body.length());
  }
}

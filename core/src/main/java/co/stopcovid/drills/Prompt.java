package co.stopcovid.drills;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a drill: what is said, and what is done with the reply.
 *
 * @param messages sent in this order, at least one
 * @param correctResponse the right answer as a template; null: any reply will do
 * @param responseKey where the reply is stored in the learner's profile; null: nowhere
 * @param maxFailures how many wrong replies still leave another try; 1 gives two tries
 */
public record Prompt(
    PromptSlug slug,
    List<PromptMessage> messages,
    @Nullable String correctResponse,
    @Nullable ProfileKey responseKey,
    int maxFailures) {
  public static final int DEFAULT_MAX_FAILURES = 1;
  public static final int MOST_FAILURES = 100;

  /**
   * @throws IllegalArgumentException when there is no message, or maxFailures is not 0 to 100
   */
  public Prompt {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("prompt " + slug + " has no messages");
    }
    if (maxFailures < 0 || maxFailures > MOST_FAILURES) {
      throw new IllegalArgumentException(
          "prompt %s: max_failures is %d, but must be 0 to %d"
              .formatted(slug, maxFailures, MOST_FAILURES));
    }
  }

  public boolean isGraded() {
    return correctResponse != null;
  }
}

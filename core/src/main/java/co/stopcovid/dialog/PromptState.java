package co.stopcovid.dialog;

import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The prompt that waits for the learner's answer.
 *
 * @param failures answers to it so far that cost a try
 * @param unclear whether a reply to it was not understood; the first such one costs no try
 * @param reminders the last step of reminders that was taken for it; 0 for none
 * @param lastResponseTime of the last answer that left it waiting; null when there was none
 */
public record PromptState(
    PromptSlug slug,
    Instant startTime,
    int failures,
    boolean unclear,
    int reminders,
    @Nullable Instant lastResponseTime) {
  static PromptState started(PromptSlug slug, Instant time) {
    return new PromptState(slug, time, 0, false, 0, null);
  }

  /** Whether a wrong answer, or one that is not understood, costs a try. */
  boolean costsTry(boolean understood) {
    return understood || unclear;
  }

  PromptState reminded(int step) {
    int last = Math.max(reminders, step);
    return new PromptState(slug, startTime, failures, unclear, last, lastResponseTime);
  }

  PromptState failed(boolean understood, Instant time) {
    return costsTry(understood)
        ? new PromptState(slug, startTime, failures + 1, unclear, reminders, time)
        : new PromptState(slug, startTime, failures, true, reminders, time);
  }
}

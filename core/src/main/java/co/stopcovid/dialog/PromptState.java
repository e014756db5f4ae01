package co.stopcovid.dialog;

import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The prompt that waits for the learner's answer.
 *
 * @param failures wrong answers to it so far
 * @param lastResponseTime of the last wrong answer; null when there was none
 */
public record PromptState(
    PromptSlug slug,
    Instant startTime,
    int failures,
    boolean reminderTriggered,
    @Nullable Instant lastResponseTime) {
  static PromptState started(PromptSlug slug, Instant time) {
    return new PromptState(slug, time, 0, false, null);
  }

  PromptState reminded() {
    return new PromptState(slug, startTime, failures, true, lastResponseTime);
  }

  PromptState failed(Instant time) {
    return new PromptState(slug, startTime, failures + 1, reminderTriggered, time);
  }
}

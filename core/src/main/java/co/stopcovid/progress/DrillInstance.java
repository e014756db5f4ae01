package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a drill.
 *
 * @param phone the number that it runs on
 * @param prompt the current prompt; the last one when the drill is completed
 * @param lastResponseTime of the last answer to the current prompt; null when there was none
 * @param completionTime null while the drill is not completed
 * @param valid false once the learner opted out of it or registered anew
 */
public record DrillInstance(
    UUID id,
    PhoneNumber phone,
    DrillSlug drill,
    PromptSlug prompt,
    Instant promptStartTime,
    @Nullable Instant lastResponseTime,
    @Nullable Instant completionTime,
    boolean valid) {
  static DrillInstance started(
      UUID id, PhoneNumber phone, DrillSlug drill, PromptSlug first, Instant time) {
    return new DrillInstance(id, phone, drill, first, time, null, null, true);
  }

  DrillInstance answered(Instant time) {
    return new DrillInstance(
        id, phone, drill, prompt, promptStartTime, time, completionTime, valid);
  }

  DrillInstance advanced(PromptSlug to, Instant time) {
    return new DrillInstance(id, phone, drill, to, time, null, completionTime, valid);
  }

  DrillInstance completed(Instant time) {
    return new DrillInstance(
        id, phone, drill, prompt, promptStartTime, lastResponseTime, time, valid);
  }

  DrillInstance invalidated() {
    return new DrillInstance(
        id, phone, drill, prompt, promptStartTime, lastResponseTime, completionTime, false);
  }

  /** Whether the current prompt waits for an answer. */
  public boolean isWaiting() {
    return valid && completionTime == null;
  }

  /** Since when the learner has not answered: the prompt's start, or a wrong answer after it. */
  public Instant waitingSince() {
    return lastResponseTime != null && lastResponseTime.isAfter(promptStartTime)
        ? lastResponseTime
        : promptStartTime;
  }
}

package co.stopcovid.progress;

import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds those among all learners who are to hear from the system unasked. */
public interface DueLearners {
  /**
   * Learners who are inactive as {@link ProgressRules#isInactive} says, in the order of their ids.
   *
   * @param after the last learner of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<InactiveLearner> inactive(
      Instant since, Set<DrillSlug> published, @Nullable LearnerId after, int limit);

  /**
   * Valid instances, not completed, of numbers that may be written to, whose prompt has waited
   * since a time in the span, and for which no reminder was recorded, by the hour since which they
   * wait.
   *
   * @param from the earliest time, included
   * @param to the latest time, included
   * @param after the last prompt of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<WaitingPrompt> waiting(Instant from, Instant to, @Nullable WaitingPrompt after, int limit);

  /** Records that reminders were sent, so that these prompts are not found again. */
  void recordReminders(Collection<WaitingPrompt> reminded, Instant now);

  /** Forgets reminders older than a time, of prompts that cannot be found any more. */
  void forgetReminders(Instant before);

  /**
   * A learner who was not heard of for a while.
   *
   * @param next the learner's next drill
   */
  record InactiveLearner(LearnerId learner, Whereabouts whereabouts, DrillSlug next) {}

  /**
   * A prompt without an answer.
   *
   * @param since when the prompt was asked, or answered wrongly for the last time
   */
  record WaitingPrompt(
      Whereabouts whereabouts, UUID instanceId, PromptSlug prompt, Instant since) {}
}

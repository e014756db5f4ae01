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
   * Learners who have chosen a time for their sessions and may be written to, in the order of their
   * ids.
   *
   * @param after the last learner of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<ChosenLearner> withChosenTime(@Nullable LearnerId after, int limit);

  /**
   * Instances that may be reminded of, as {@link ProgressRules#mayBeReminded} says, whose prompt
   * has waited since a time in the span, and for which neither this step nor a later one was
   * recorded, by the hour since which they wait.
   *
   * @param step 1 for the first reminder of a prompt
   * @param from the earliest time, included
   * @param to the latest time, included
   * @param after the last prompt of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<WaitingPrompt> waiting(
      int step, Instant from, Instant to, @Nullable WaitingPrompt after, int limit);

  /**
   * Records that the reminders of a step were sent, so that these prompts are not found again for
   * it or an earlier one.
   */
  void recordReminders(int step, Collection<WaitingPrompt> reminded, Instant now);

  /** Forgets reminders older than a time, of prompts that cannot be found any more. */
  void forgetReminders(Instant before);

  /**
   * A learner who was not heard of for a while.
   *
   * @param next the learner's next drill
   */
  record InactiveLearner(
      LearnerId learner,
      Whereabouts whereabouts,
      DrillSlug next,
      UnaskedSessions unasked,
      ChosenTime chosen) {}

  /** A learner who has chosen a time. */
  record ChosenLearner(
      LearnerId learner, Whereabouts whereabouts, UnaskedSessions unasked, ChosenTime chosen) {}

  /**
   * A prompt without an answer.
   *
   * @param since when the prompt was asked, or answered wrongly for the last time
   */
  record WaitingPrompt(
      Whereabouts whereabouts, UUID instanceId, PromptSlug prompt, Instant since) {}
}

package co.stopcovid.sms;

import java.time.Instant;
import java.util.List;

/** Messages that did not reach their learners, counted by reason. */
public interface Undelivered {
  /**
   * Messages with one reason. Reasons that name the same error of the provider are one.
   *
   * @param reason as the ledger has it, for a person
   */
  record Count(String reason, long messages, long learners, Instant latest) {}

  /**
   * The reasons of those that failed at that time or later, the most frequent first. What is not
   * wanted any more is none of them: the learner opted out, or a person dropped it.
   */
  List<Count> since(Instant time, int limit);
}

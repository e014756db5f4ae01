package co.stopcovid.adapters.postgres;

import co.stopcovid.desk.Lags;
import java.util.List;

/**
 * What waits to be done, at one moment. Counts are exact up to a million.
 *
 * @param openLearners learners with a message that is still to be sent or settled
 * @param dueLearners those of them for whom something could be done now
 * @param waitingLearners learners with a command that is to be tried again
 * @param silentLearners registered learners who leave sessions unanswered
 */
public record Backlog(
    List<Lags.Lag> lags,
    long openLearners,
    long dueLearners,
    long parkedMessages,
    long unhandledMessages,
    long deadLetters,
    long waitingLearners,
    long silentLearners) {
  public Backlog {
    lags = List.copyOf(lags);
  }
}

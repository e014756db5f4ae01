package co.stopcovid.running;

import co.stopcovid.common.Backoff;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.WrongCodes;
import java.time.Duration;
import java.time.Instant;

/**
 * When a learner's waiting commands are tried again.
 *
 * @param attempts how often the first was tried and failed
 */
public record WaitingTurn(PhoneNumber phone, int attempts, Instant notBefore) {
  /** From the first failure on. */
  static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  /** For an answer that should wake the learner: this long only when it was lost in a crash. */
  static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

  /** Nobody is put off for longer, whatever for. */
  public static final Duration LONGEST_WAIT = WrongCodes.LONGEST_PAUSE;

  /** One that is to wait longer than any is put off waits for a clock that was set back. */
  public boolean isDue(Instant now) {
    return !notBefore.isAfter(now) || notBefore.isAfter(now.plus(longestWait()));
  }

  private Duration longestWait() {
    // Who waits without a failure sent too many wrong codes, or waits for a verdict.
    Duration wait = attempts == 0 ? LONGEST_WAIT : BACKOFF.after(attempts);
    return wait.compareTo(LONGEST_QUESTION) > 0 ? wait : LONGEST_QUESTION;
  }
}

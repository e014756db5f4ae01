package co.stopcovid.dialog;

import co.stopcovid.common.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wrong registration codes that came from a number of late. Whoever guesses is slowed down: a
 * code that comes too soon is looked at after a pause, and answered then.
 *
 * @param count those that came within an hour of the one before
 * @param last when the last one was answered
 */
public record WrongCodes(int count, Instant last) {
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  /** Nobody is put off for longer. */
  public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(30), LONGEST_PAUSE);

  /** With one more. */
  static WrongCodes after(@Nullable WrongCodes before, Instant time) {
    return before == null || time.isAfter(before.last().plus(FORGOTTEN))
        ? new WrongCodes(1, time)
        : new WrongCodes(before.count() + 1, time);
  }

  /**
   * When the next code is looked at.
   *
   * @param free how many wrong codes cost no pause
   * @return empty: now, also where the clock was set back since the last one
   */
  Optional<Instant> nextLook(Instant now, int free) {
    if (count < free || now.isBefore(last)) {
      return Optional.empty();
    }
    return Optional.of(last.plus(PAUSE.after(count - free + 1))).filter(now::isBefore);
  }
}

package co.stopcovid.progress;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that the scheduler started for a learner, who had not asked for them. Drills that
 * the learner or a person asked for are none of them.
 *
 * @param unanswered how many of them in a row had no answer: the learner wrote nothing since
 * @param last when the last one began; null before the first
 */
public record UnaskedSessions(int unanswered, @Nullable Instant last) {
  public static final UnaskedSessions NONE = new UnaskedSessions(0, null);

  /**
   * @throws IllegalArgumentException when the number is negative
   */
  public UnaskedSessions {
    if (unanswered < 0) {
      throw new IllegalArgumentException(unanswered + " sessions had no answer");
    }
  }

  UnaskedSessions started(Instant time) {
    return new UnaskedSessions(unanswered + 1, last != null && last.isAfter(time) ? last : time);
  }

  UnaskedSessions answered() {
    return unanswered == 0 ? this : new UnaskedSessions(0, last);
  }

  public Silence silence() {
    return Silence.after(unanswered);
  }

  /**
   * Whether another may begin at a time: one a day, the learner's own day, and fewer for who is
   * silent.
   *
   * @param zones in which the learner may be; it must be another day in all of them
   */
  public boolean allowAnother(Instant time, Collection<ZoneId> zones) {
    Instant before = last;
    Silence silence = silence();
    return before == null
        ? silence != Silence.COMPLETE
        : zones.stream()
            .allMatch(
                zone ->
                    silence.allowsAnother(
                        LocalDate.ofInstant(before, zone), LocalDate.ofInstant(time, zone)));
  }
}

package co.stopcovid.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a prompt waits for its reminders: one at each step, or some hours later where the step
 * falls into the night. Of several steps that are over only the last one counts, so that nobody is
 * reminded twice at once.
 *
 * @param steps the waits, each longer than the one before; none: no reminders
 */
public record ReminderLadder(List<Duration> steps) {
  /** How many steps there may be. */
  public static final int MOST_STEPS = 8;

  /** How much later than its step a reminder may still go out. */
  public static final Duration LATEST = Duration.ofHours(24);

  public static final ReminderLadder DEFAULT =
      new ReminderLadder(List.of(Duration.ofHours(4), Duration.ofDays(3)));

  /** What the database tells apart. */
  private static final Duration INSTANT = Duration.ofNanos(1_000);

  /**
   * @throws IllegalArgumentException when there are too many, one is not positive, or they do not
   *     grow; the message says which
   */
  public ReminderLadder {
    steps = List.copyOf(steps);
    if (steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          "has %d steps, but at most %d are possible".formatted(steps.size(), MOST_STEPS));
    }
    Duration before = Duration.ZERO;
    for (Duration step : steps) {
      if (step.compareTo(before) <= 0) {
        throw new IllegalArgumentException("must have steps that grow, each longer than the last");
      }
      before = step;
    }
  }

  /**
   * The prompts whose reminder is due.
   *
   * @param step 1 for the first
   * @param from the earliest time since which they have waited, included
   * @param to the latest, included
   */
  public record Due(int step, Instant from, Instant to) {}

  /** What is due at a time, by step; no prompt is due for two. */
  public List<Due> at(Instant now) {
    List<Due> due = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Instant to = now.minus(steps.get(i));
      Instant from = to.minus(LATEST);
      if (i + 1 < steps.size()) {
        Instant next = now.minus(steps.get(i + 1)).plus(INSTANT);
        from = next.isAfter(from) ? next : from;
      }
      due.add(new Due(i + 1, from, to));
    }
    return due;
  }

  /** How long it must be known which reminders were sent. */
  public Duration memory() {
    return steps.isEmpty() ? LATEST : steps.getLast().plus(LATEST).plus(LATEST);
  }
}

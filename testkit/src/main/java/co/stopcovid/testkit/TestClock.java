package co.stopcovid.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes when told to. Threads may share it. */
public final class TestClock implements InstantSource {
  private final AtomicReference<Instant> now;

  public TestClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** The same time for what measures durations; it goes back when this clock is set back. */
  public long nanoTime() {
    return Duration.between(Instant.EPOCH, now.get()).toNanos();
  }

  public void advance(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Goes to a later moment; an earlier one changes nothing. */
  public void advanceTo(Instant time) {
    now.updateAndGet(instant -> time.isAfter(instant) ? time : instant);
  }

  /** Any moment, an earlier one too. */
  public void set(Instant time) {
    now.set(time);
  }
}

package co.stopcovid.standalone.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes, and is set ahead and back now and then. Threads may share it. */
final class MovedClock implements InstantSource {
  private final long began = System.nanoTime();
  private volatile Instant start;

  MovedClock(Instant start) {
    this.start = start;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - began);
  }

  /**
   * Sets it.
   *
   * @param by negative for back
   */
  void set(Duration by) {
    start = start.plus(by);
  }
}

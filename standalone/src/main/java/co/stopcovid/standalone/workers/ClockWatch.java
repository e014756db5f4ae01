package co.stopcovid.standalone.workers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the clock was set back, as machines do that find out how late it is. What waits for
 * a moment would otherwise wait longer by as much. A clock that is set ahead only ends waits early.
 * For one thread.
 */
public final class ClockWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  /** By less a clock is no reason for anybody to wait long. */
  private static final Duration TOLERANCE = Duration.ofMillis(500);

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final List<Runnable> whenSetBack;
  private Instant seen;
  private long seenNanos;

  /**
   * @param nanoTime a clock that nobody sets, such as {@link System#nanoTime}
   * @param whenSetBack what is to be mended then; done again when it fails
   */
  public ClockWatch(InstantSource clock, LongSupplier nanoTime, List<Runnable> whenSetBack) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.whenSetBack = List.copyOf(whenSetBack);
    this.seen = clock.instant();
    this.seenNanos = nanoTime.getAsLong();
  }

  /**
   * To be called several times a second.
   *
   * @return 0: it does not call for another look
   */
  public int look() {
    long nanos = nanoTime.getAsLong();
    Instant now = clock.instant();
    Duration missing = Duration.between(now, seen).plusNanos(nanos - seenNanos);
    // A clock of a test stands still between two moves, and was not set back.
    if (!now.equals(seen) && missing.compareTo(TOLERANCE) > 0) {
      LOG.warn("the clock was set back, waits are counted anew: by_ms={}", missing.toMillis());
      whenSetBack.forEach(Runnable::run);
    }
    seen = now;
    seenNanos = nanos;
    return 0;
  }
}

package co.stopcovid.aws.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls something at times, in UTC, as EventBridge does. What was missed is done once. */
public final class Schedule implements EventSource {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

  private final InstantSource clock;
  private final UnaryOperator<Instant> after;
  private final Runnable call;
  private Instant next;

  private Schedule(InstantSource clock, UnaryOperator<Instant> after, Runnable call) {
    this.clock = clock;
    this.after = after;
    this.call = call;
    next = after.apply(clock.instant());
  }

  /** For the first time after that time has passed once. */
  public static Schedule every(Duration time, InstantSource clock, Runnable call) {
    return new Schedule(clock, now -> now.plus(time), call);
  }

  public static Schedule daily(LocalTime time, InstantSource clock, Runnable call) {
    return new Schedule(clock, now -> nextAt(time, now), call);
  }

  private static Instant nextAt(LocalTime time, Instant now) {
    ZonedDateTime today = now.atZone(ZoneOffset.UTC).with(time);
    return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
  }

  @Override
  public synchronized boolean poll() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    next = after.apply(now);
    try {
      call.run();
    } catch (RuntimeException e) {
      // Its next time comes, as with EventBridge.
      LOG.error("schedule event=failed", e);
    }
    return true;
  }
}

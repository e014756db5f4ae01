package co.stopcovid.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import co.stopcovid.adapters.postgres.StorageException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * While the database is out of reach, all that need it say so again and again, each with where it
 * happened. Of all of them together one line a minute is let through, and that without the places.
 */
public final class QuietOutages extends TurboFilter {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST_CAUSES = 20;

  private boolean told;
  private long toldNanos;

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable thrown) {
    Throwable failure = failure(params, thrown);
    boolean isShown = level.isGreaterOrEqual(logger.getEffectiveLevel());
    if (!isShown || failure == null || !isOutage(failure)) {
      return FilterReply.NEUTRAL;
    }
    if (isTime()) {
      // Without what failed, so that this comes here again and is let through.
      logger.error(
          "the database is out of reach, all that needs it is tried again; this is said once a"
              + " minute: reason={}",
          reason(failure));
    }
    return FilterReply.DENY;
  }

  /** Beside values for the text, what failed comes as the last of them. */
  private static @Nullable Throwable failure(
      Object @Nullable [] params, @Nullable Throwable thrown) {
    if (thrown != null || params == null || params.length == 0) {
      return thrown;
    }
    return params[params.length - 1] instanceof Throwable last ? last : null;
  }

  private synchronized boolean isTime() {
    long now = System.nanoTime();
    boolean time = !told || now - toldNanos > PAUSE.toNanos();
    if (time) {
      told = true;
      toldNanos = now;
    }
    return time;
  }

  /** Connections that break or cannot be made, and servers that start or stop. */
  static boolean isOutage(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof SQLTransientConnectionException
          || (cause instanceof StorageException && cause.getCause() instanceof TimeoutException)) {
        return true;
      }
      if (cause instanceof SQLException sql && isOutage(sql.getSQLState())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isOutage(@Nullable String sqlState) {
    return sqlState != null
        && (sqlState.startsWith("08") || sqlState.startsWith("57P") || sqlState.equals("53300"));
  }

  /** The words of the innermost cause that has any. */
  private static String reason(Throwable failure) {
    String reason = failure.toString();
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String message = cause.getMessage();
      reason = message == null ? reason : message;
      cause = cause.getCause();
    }
    return reason;
  }
}

package co.stopcovid.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.sms.ProviderHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

class ProviderReportTest {
  private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");

  private final Lines lines = new Lines();
  private final ProviderReport report = new ProviderReport(lines);
  private final ProviderHold.Refusal refusal = new ProviderHold.Refusal("suspended", START);

  /** The alarm lasts as long as the lines come. */
  @Test
  void aRefusalIsToldOfOnceAMinuteForAsLongAsItLasts() {
    report.refused(refusal);
    for (int seconds = 10; seconds <= 300; seconds += 10) {
      report.refusedAgain(refusal, START.plusSeconds(seconds));
    }
    assertThat(lines.levels)
        .containsExactly(Level.ERROR, Level.WARN, Level.WARN, Level.WARN, Level.WARN, Level.WARN);
    report.refusedAgain(refusal, START.minus(Duration.ofHours(1)));
    assertThat(lines.levels).as("the clock was set back").hasSize(7);
    report.takenAgain(refusal);
    assertThat(lines.levels).hasSize(8).endsWith(Level.INFO);
  }

  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private final transient List<Level> levels = new ArrayList<>();

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String message,
        Object @Nullable [] arguments,
        @Nullable Throwable thrown) {
      levels.add(level);
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}

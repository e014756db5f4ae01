package co.stopcovid.desk;

import java.time.Duration;
import java.util.List;

/** How far those who work in the background are behind. */
@FunctionalInterface
public interface Lags {
  /**
   * How far a consumer is behind.
   *
   * @param behind how many positions at most are still to be read
   * @param age how long the first of them has been there; zero when there is none
   */
  record Lag(String consumer, long behind, Duration age) {}

  /** At this moment. */
  List<Lag> now();
}

package co.stopcovid.progress;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.progress.SimulatedYear.Habit;
import co.stopcovid.progress.YearRules.Figures;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A year of some learners by a clock of its own: everything runs as it does in the service, from
 * the command to the next session. What must never be is read off the events alone, by {@link
 * YearRules}. A failure names the seed, which does the same again.
 */
class YearOfSessionsTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nobodyHearsMoreThanTheRulesAllowNorLess(long seed) {
    var year = new SimulatedYear(seed);
    year.run(YEAR);

    year.learners()
        .forEach(
            (phone, habit) -> {
              String who = "seed %d, learner %s".formatted(seed, habit);
              assertHeardEnough(
                  who,
                  habit.kind(),
                  new YearRules(who, habit.zone())
                      .check(year.dialogs().after(phone, 0, Integer.MAX_VALUE)));
            });
    assertThat(year.rebuild().corrected()).as("seed %d: a rebuild changes nothing", seed).isZero();
  }

  private static void assertHeardEnough(String who, Habit.Kind kind, Figures figures) {
    switch (kind) {
      case ANSWERS -> assertThat(figures.sessions()).as(who).isGreaterThan(120);
      case CHOSE_A_TIME -> assertThat(figures.sessions()).as(who).isBetween(100, 160);
      case CHANGES_ITS_MIND -> assertThat(figures.sessions()).as(who).isGreaterThan(60);
      case COMES_BACK -> assertThat(figures.sessions()).as(who).isGreaterThan(12);
      case STALLS -> assertThat(figures.reminders()).as(who).isPositive();
      case LEAVES -> assertThat(figures.optedOut()).as(who).isTrue();
      case NEVER_ANSWERS -> {
        assertThat(figures.sessions()).as(who).isEqualTo(6);
        assertThat(figures.reminders()).as(who).isBetween(1, 2);
      }
    }
  }
}

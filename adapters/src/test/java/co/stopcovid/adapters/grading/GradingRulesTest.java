package co.stopcovid.adapters.grading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of grading by example, one group a rule. */
class GradingRulesTest {
  @Test
  void gradesEveryExampleAsLabelled() {
    LabelledReplies table = LabelledReplies.read("/grading-rules.yaml", "en");

    assertThat(table.examples()).hasSizeGreaterThan(900);
    assertThat(table.misses()).isEmpty();
  }
}

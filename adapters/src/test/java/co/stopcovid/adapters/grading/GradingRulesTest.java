package co.stopcovid.adapters.grading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of grading by example, one group a rule. */
class GradingRulesTest {
  @ParameterizedTest
  @ValueSource(strings = {"/grading-rules.yaml", "/grading-course.yaml"})
  void gradesEveryExampleAsLabelled(String resource) {
    LabelledReplies table = LabelledReplies.read(resource, "en");

    assertThat(table.examples()).hasSizeGreaterThan(800);
    assertThat(table.misses()).isEmpty();
  }
}

package co.stopcovid.adapters.grading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grader against a table that was labelled by someone who did not know it. */
class ExaminersTableTest {
  @ParameterizedTest
  @ValueSource(strings = {"en", "es", "fr", "pt", "zh"})
  void gradesEveryReplyAsLabelled(String language) {
    LabelledReplies table = LabelledReplies.read("/grading/" + language + ".yaml", language);

    assertThat(table.examples()).hasSizeGreaterThan(500);
    assertThat(table.misses()).isEmpty();
  }
}

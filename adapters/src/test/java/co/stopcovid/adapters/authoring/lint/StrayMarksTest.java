package co.stopcovid.adapters.authoring.lint;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.Finding.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrayMarksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% if name %}Hi{% endif %}",
        "Hi {# a comment #}",
        "Hi {{ name | upper }}",
        "{% for",
        "{{name|default('you')}}"
      })
  void logicIsAnError(String text) {
    assertThat(StrayMarks.in(text))
        .isNotEmpty()
        .allMatch(mark -> mark.severity() == Severity.ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "您好｛｛name｝｝",
        "Hi ｛name｝",
        "Hi %name%, welcome",
        "Hi [[first name]]",
        "<b>Stop</b>",
        "Wash<br>Dry",
        "Wash<br/>Dry",
        "Soap &amp; water",
        "&#233;",
        "Soap\\nWater",
        "Soap.\\n Water",
        "Soap\\n\\nWater",
      })
  void otherMarksAreWarnings(String text) {
    assertThat(StrayMarks.in(text))
        .isNotEmpty()
        .allMatch(mark -> mark.severity() == Severity.WARNING && !mark.fix().isBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello {{name}}",
        "60% alcohol, or 70% if you can",
        "scrub between [---].",
        "5 < 6 and 7 > 6",
        "Q&A; soap & water",
        "*Try again*",
        "C:\\new folder",
        "#1: wash",
        "50%",
      })
  void plainTextIsFine(String text) {
    assertThat(StrayMarks.in(text)).isEmpty();
  }
}

package co.stopcovid.adapters.authoring.lint;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class LintReportTest {
  private static final Course COURSE = Lesson.of().course();

  @Test
  void eachFindingIsALineWithItsPlaceAndFix() {
    var error = Finding.error(new Place("es.yaml", 7, "label x"), "it is empty", "give it a text");
    var warning =
        Finding.warning(new Place("fr.yaml", 0, ""), "it is long\nin fr:\nengine: “a”", "cut it");
    assertThat(LintReport.text(COURSE, List.of(error, warning, warning)))
        .isEqualTo(
            """
            es.yaml:7: error: label x: it is empty (fix: give it a text)
            fr.yaml: warning: it is long (fix: cut it)
                in fr:
                engine: “a”
            fr.yaml: warning: it is long (fix: cut it)
                in fr:
                engine: “a”
            1 drill: 1 error, 2 warnings
            """);
  }

  @Test
  void nothingFoundIsSaidToo() {
    assertThat(LintReport.text(COURSE, List.of())).isEqualTo("1 drill: no findings\n");
  }
}

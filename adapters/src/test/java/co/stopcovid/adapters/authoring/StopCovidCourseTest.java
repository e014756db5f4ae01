package co.stopcovid.adapters.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.lint.CourseLint;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Template;
import co.stopcovid.drills.grading.Verdict;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole course in StopCOVID's form, with what this project adds to it. */
class StopCovidCourseTest {
  private static final Path COURSE =
      Path.of(
          Objects.requireNonNull(System.getProperty("project.root")),
          "adapters/src/test/resources/stopcovid-course");
  private static final LanguageTables TABLES = BuiltInLanguages.load();

  private final Course course = CourseReader.read(COURSE);

  @Test
  void isReadWithoutFindingsAndLintsWithoutErrors() {
    assertThat(course.findings()).isEmpty();
    assertThat(CourseLint.check(course, TABLES))
        .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
  }

  /** Slugs are keys as they stand, blanks at the end included. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          en | "1 - " | b
          en | "1 - " | not true
          es | "1 - " | falso
          en | "2 -"  | 40
          en | "2 -"  | 4°C
          es | "2 -"  | c) 4 °C
          en | "3 -"  | the date
          en | "3 -"  | day
          es | "3 -"  | la fecha
          en | "4 -"  | at the bottom
          es | "4 -"  | abajo del todo
          """)
  void theRightAnswersAreRight(String language, String slug, String reply) {
    Verdict verdict = prompt(language, slug).grade(reply);

    assertThat(verdict.correct()).as(verdict.reason()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          en | "1 - " | true         | Heat killed most germs, but new ones grow as it cools.
          en | "2 -"  | b            | Cool to the touch, but germs still grow well.
          es | "2 -"  | 12 °C        | Se siente fresco, pero los microbios todavía crecen bien.
          es | "4 -"  | en la puerta | La puerta es la parte menos fría, y se mueve todo el día.
          """)
  void eachWrongOptionHasItsOwnFeedback(
      String language, String slug, String reply, String feedback) {
    LocalizedPrompt prompt = prompt(language, slug);
    Verdict verdict = prompt.grade(reply);

    assertThat(verdict.correct()).isFalse();
    assertThat(text(prompt.optionFeedback(verdict.choice()))).isEqualTo(feedback);
  }

  @ParameterizedTest
  @CsvSource({
    "en, name, 'That tells whose it is, but not how old.'",
    "en, my name, 'That tells whose it is, but not how old.'",
    "es, el nombre, 'Eso dice de quién es, pero no desde cuándo.'"
  })
  void aTypicalMistakeHasItsOwnFeedback(String language, String reply, String feedback) {
    LocalizedPrompt prompt = prompt(language, "3 -");

    assertThat(prompt.grade(reply).correct()).isFalse();
    assertThat(text(prompt.mistakeFeedback(prompt.mistakeIn(reply).orElseThrow())))
        .isEqualTo(feedback);
  }

  @Test
  void eachGradedPromptSaysWhyAndHasAHintInBothLanguages() {
    assertThat(text(prompt("en", "4 -").explanation()))
        .isEqualTo("There its juice cannot drip on food that nobody will cook.");
    assertThat(text(prompt("es", "2 -").hint()))
        .isEqualTo("El agua se congela solo un poco por debajo.");
  }

  private LocalizedPrompt prompt(String language, String slug) {
    return course
        .publish(TABLES)
        .find(new DrillSlug("01-cold-food"))
        .orElseThrow()
        .in(new Language(language))
        .prompt(new PromptSlug(slug));
  }

  private static String text(@Nullable Template template) {
    return template == null ? "" : template.fill(value -> "");
  }
}

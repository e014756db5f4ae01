package co.stopcovid.drills;

import static co.stopcovid.drills.TestContent.ENGLISH;
import static co.stopcovid.drills.TestContent.SPANISH;
import static co.stopcovid.drills.TestContent.TABLES;
import static co.stopcovid.drills.TestContent.both;
import static co.stopcovid.drills.TestContent.texts;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import org.junit.jupiter.api.Test;

/** DOMAIN.md section 7: where the text of a label comes from. */
class TranslationsTest {
  private static final String LABEL = "match_correct_answer";

  @Test
  void theCoursesTextInTheLearnersLanguageComesFirst() {
    assertThat(said(both(texts("en", LABEL, "Bravo!"), texts("es", LABEL, "¡Bravo!")), SPANISH))
        .isEqualTo("¡Bravo!");
  }

  @Test
  void theEnginesTextInTheLearnersLanguageComesBeforeTheCoursesInEnglish() {
    assertThat(said(texts("en", LABEL, "Bravo!"), SPANISH)).isEqualTo("¡Correcto!");
    assertThat(said(texts("en", LABEL, "Bravo!"), ENGLISH)).isEqualTo("Bravo!");
  }

  @Test
  void theCoursesTextInEnglishComesBeforeTheEngines() {
    assertThat(said("incorrect_answer", texts("en", "incorrect_answer", "No."), SPANISH))
        .isEqualTo("No.");
  }

  @Test
  void theEnginesTextInEnglishComesLast() {
    assertThat(said("incorrect_answer", Translations.NONE, SPANISH))
        .isEqualTo("Not quite. Try again.");
  }

  private static String said(Translations course, Language language) {
    return said(LABEL, course, language);
  }

  private static String said(String label, Translations course, Language language) {
    return course.withEngineTexts(TABLES).find(language, label).orElseThrow();
  }
}

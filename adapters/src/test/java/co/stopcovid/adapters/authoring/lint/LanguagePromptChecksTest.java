package co.stopcovid.adapters.authoring.lint;

import static co.stopcovid.adapters.authoring.lint.Lesson.store;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.ProfileKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagePromptChecksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your language?\n1) English\n2) Español\n3) Français\n4) Português\n5) 中文",
        "Which one? English, español, français, português, 中文",
        "Reply a for Spanish, b for English",
      })
  void aMenuOfKnownLanguagesIsFine(String menu) {
    assertThat(languages(menu).findings()).isEmpty();
  }

  @Test
  void aPromptForTheLanguageListsSome() {
    assertThat(languages("Which language do you speak?").findings())
        .containsExactly(
            "ERROR d.yaml prompt lang: the prompt saves the reply as language, but lists no language"
                + " that the engine knows");
  }

  @Test
  void aChoiceThatIsNoKnownLanguageIsAWarning() {
    assertThat(languages("Which?\n1) English\n2) Klingon").findings())
        .containsExactly(
            "WARNING d.yaml prompt lang: the choice “2) Klingon” names no language that the engine"
                + " knows");
  }

  @Test
  void aLabelThatMeansTwoLanguagesIsAnError() {
    assertThat(languages("Which?\n1) English\n1) Español").findings())
        .contains("ERROR d.yaml prompt lang: the reply 1 is not understood as en");
  }

  @Test
  void everyLanguageOfTheCourseIsListed() {
    Lesson lesson =
        languages("{{menu}}").label("menu", "English, español, français, português, 中文");
    assertThat(lesson.findings()).isEmpty();
    assertThat(lesson.label("es", "menu", "English, español, português, 中文").findings())
        .containsExactly(
            "WARNING es.yaml label menu: the course is translated into [fr], but the prompt"
                + " does not list it");
  }

  /** Who asks for another one that the engine speaks is asked again. */
  @Test
  void aCourseOfTwoLanguagesNeedsNoMore() {
    assertThat(
            languages("Which?\n1) English\n2) Español").teaching("en", "es").findings().stream()
                .filter(finding -> finding.contains("does not lead on")))
        .isEmpty();
  }

  private static Lesson languages(String menu) {
    return Lesson.of(store("lang", menu, ProfileKey.LANGUAGE));
  }
}

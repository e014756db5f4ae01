package co.stopcovid.adapters.authoring.lint;

import static co.stopcovid.adapters.authoring.lint.Lesson.DONE;
import static co.stopcovid.adapters.authoring.lint.Lesson.say;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelChecksTest {
  @Test
  void plainTextNeedsNoTranslation() {
    assertThat(Lesson.of(say("job", "What is your job?")).findings()).isEmpty();
  }

  @Test
  void everyLabelHasATextInEveryLanguage() {
    assertThat(job().findings()).isEmpty();
  }

  @Test
  void aMissingTranslationIsAWarningBecauseEnglishStandsIn() {
    assertThat(job().label("tip", "Wash!").drill("e", say("tip", "{{tip}}"), DONE).findings())
        .isEmpty();
    assertThat(
            job()
                .label("tip", "Wash!")
                .drill("e", say("tip", "{{tip}}"), DONE)
                .without("fr", "tip")
                .findings())
        .containsExactly("WARNING fr.yaml label tip: it has no text in fr");
  }

  @Test
  void aTextThatIsMissingInEnglishIsAnError() {
    assertThat(
            job()
                .label("tip", "Wash!")
                .drill("e", say("tip", "{{tip}}"), DONE)
                .without("en", "tip")
                .findings())
        .containsExactly("ERROR en.yaml label tip: it has no text in en");
  }

  @Test
  void anEmptyTranslationIsAnError() {
    assertThat(job().label("es", "job", " ").findings())
        .containsExactly("ERROR es.yaml label job: it is empty in es");
  }

  @Test
  void onlyTheLanguagesThatTheCourseTeachesAreAskedFor() {
    Lesson two = Lesson.of(say("job", "{{job}}"));
    two.label("en", "job", "What is your job?").label("es", "job", "¿En qué trabajas?");

    assertThat(two.findings()).isEmpty();
    assertThat(two.teaching("en", "es", "zh").findings())
        .containsExactly(
            "WARNING zh.yaml : there are no texts in Chinese: who chooses it is taught in English");
    assertThat(two.teaching("en").findings())
        .containsExactly(
            "WARNING es.yaml : the course does not teach Spanish: its texts are not used");
    assertThat(Lesson.of(say("job", "{{job}}")).label("es", "job", "¿Qué haces?").findings())
        .isEmpty();
  }

  /** What lint passes can be taught from: one English drill does not stop four others. */
  @Test
  void aDrillInOneLanguageBesideOthersHasWarningsAndIsTaught() {
    Lesson mixed = job().label("en", "new", "What is new?").drill("e", say("new", "{{new}}"), DONE);

    assertThat(mixed.findings())
        .hasSize(4)
        .allMatch(
            finding -> finding.matches("WARNING .* label new: it has no text in (es|fr|pt|zh)"));
    assertThat(mixed.course().publish(Lesson.TABLES).all()).hasSize(2);
  }

  @Test
  void aCourseWithoutEnglishIsTaughtInItsFirstLanguage() {
    Course course =
        Lesson.of(say("job", "{{job}}"))
            .label("es", "job", "¿Qué haces?")
            .label("pt", "job", "O que você faz?")
            .teaching("pt", "es")
            .course();

    DrillVersion drill = course.publish(Lesson.TABLES).all().getFirst();
    assertThat(drill.languages()).extracting(Language::code).containsExactly("pt", "es");
    for (Language language : List.of(Language.ENGLISH, new Language("pt"), new Language("zh"))) {
      assertThat(drill.in(language).prompt(new PromptSlug("job")).question())
          .isEqualTo("O que você faz?\n");
    }
    assertThat(drill.in(null).engineText("your_company").fill(value -> ""))
        .isEqualTo("sua empresa");
  }

  @Test
  void answersAreTriedInTheLanguagesOfTheCourse() {
    // Where "a" is no article, "A little perfume" begins like the label a.
    Lesson english = Lesson.of(Lesson.ask("q", "{{q}}", "{{right}}"));
    english.label("en", "q", "What next?\na) A wash\nb) A little perfume\nc) Nothing");
    english.label("en", "right", "a) A wash");
    assertThat(english.findings()).isEmpty();
  }

  @Test
  void theEnginesOwnLabelsNeedNoTextButAllLanguagesOnceTheyHaveOne() {
    assertThat(job().label("match_correct_answer", "Yes!").findings()).isEmpty();
    assertThat(
            job()
                .label("match_correct_answer", "Yes!")
                .without("pt", "match_correct_answer")
                .findings())
        .containsExactly("WARNING pt.yaml label match_correct_answer: it has no text in pt");
  }

  @Test
  void anUnknownLabelIsAnErrorWhereItIsUsed() {
    assertThat(Lesson.of(say("job", "{{jbo}}")).findings())
        .containsExactly("ERROR d.yaml prompt job: unknown label {{jbo}}");
    assertThat(job().label("job", "Your {{trade}}?").findings())
        .containsExactly("ERROR en.yaml label job: unknown label {{trade}}");
  }

  @Test
  void aLabelThatIsUsedNowhereIsAWarning() {
    assertThat(job().label("tip", "Wash!").label("job", "Job? {{tip}}").findings()).isEmpty();
    assertThat(job().label("tip", "Wash!").findings())
        .containsExactly(
            "WARNING en.yaml label tip: nothing uses this label (it is in en, es, fr, pt, zh)");
    assertThat(job().label("pt", "tpi", "Lave!").findings())
        .containsExactly("WARNING pt.yaml label tpi: nothing uses this label (it is in pt)");
  }

  @Test
  void aMisspeltLabelIsOneFindingThatNamesTheOther() {
    Lesson tip = job().label("good-tip", "Wash!").drill("e", say("tip", "{{good-tpi}}"), DONE);
    assertThat(tip.findings())
        .containsExactly("ERROR e.yaml prompt tip: unknown label {{good-tpi}}");
    assertThat(CourseLint.check(tip.course(), Lesson.TABLES).getFirst().fix())
        .isEqualTo("did you mean good-tip?");
    Lesson translated = job().without("es", "job").label("es", "jbo", "¿Qué haces?");
    assertThat(CourseLint.check(translated.course(), Lesson.TABLES))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo("it has no text in es");
              assertThat(finding.fix())
                  .matches("correct the label in line \\d+, jbo, if that is it");
            });
  }

  @Test
  void aLabelNamedLikeAValueIsNeverUsed() {
    assertThat(job().label("name", "Ana").findings())
        .containsExactly(
            "WARNING en.yaml label name: nothing uses this label: {{name}} is a value of the engine");
  }

  @Test
  void aLanguageThatTheEngineDoesNotKnowIsAWarning() {
    assertThat(job().label("de", "job", "Was arbeiten Sie?").findings())
        .containsExactly(
            "WARNING de.yaml : the engine does not know the language de: its texts are never used");
  }

  @Test
  void whatCouldNotBeReadMayUseTheLabel() {
    Lesson unread = job().label("tip", "Wash!");
    assertThat(unread.findings()).hasSize(1);
    var error = Finding.error(new Place("e.yaml", 1, ""), "it is no YAML", "mend it");
    assertThat(unread.finding(error).findings()).containsExactly("ERROR e.yaml : it is no YAML");
  }

  private static Lesson job() {
    return Lesson.of(say("job", "{{job}}")).label("job", "What is your job?");
  }
}

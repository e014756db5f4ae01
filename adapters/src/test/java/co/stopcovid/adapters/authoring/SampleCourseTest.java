package co.stopcovid.adapters.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.PublishedDrills;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SampleCourseTest {
  private static final Path CONTENT =
      Path.of(Objects.requireNonNull(System.getProperty("project.root")), "content");
  private static final DrillSlug WASHING = new DrillSlug("01-washing-your-hands");
  private static final Language SPANISH = new Language("es");

  private final Course course = CourseReader.read(CONTENT);

  @Test
  void isReadWithoutFindings() {
    assertThat(course.findings()).isEmpty();
    assertThat(course.drills())
        .extracting(drill -> drill.slug().value())
        .containsExactly(
            "01-washing-your-hands", "02-face-coverings", "03-keeping-distance", "04-feeling-ill");
    assertThat(course.translations().languages())
        .extracting(Language::code)
        .containsExactlyInAnyOrder("en", "es", "fr", "pt", "zh");
  }

  @Test
  void holdsLabelsOfTheirDrill() {
    var prompts = course.drills().getFirst().prompts();

    assertThat(prompts.get(1))
        .isEqualTo(
            new Prompt(
                new PromptSlug("name"),
                List.of(
                    new PromptMessage("{{01-washing-your-hands.welcome}}", null),
                    new PromptMessage("{{01-washing-your-hands.name}}", null)),
                null,
                ProfileKey.NAME,
                1));
    assertThat(course.drills().get(1).prompts().get(1).maxFailures()).isEqualTo(2);
    assertThat(course.translations().exactly(SPANISH, "01-washing-your-hands.how-long-answer"))
        .contains("c) 20 segundos");
    assertThat(course.translations().exactly(SPANISH, "match_correct_answer")).isPresent();
  }

  @Test
  void knowsWhereItsPartsStand() {
    assertThat(course.places())
        .containsEntry(
            Course.key(WASHING),
            new Place("drills/01-washing-your-hands.yaml", 4, "drill 01-washing-your-hands"))
        .containsEntry(
            Course.key(WASHING, new PromptSlug("soap")),
            new Place("drills/01-washing-your-hands.yaml", 13, "prompt soap"))
        .containsEntry(
            Course.key(Language.ENGLISH, "01-washing-your-hands.soap"),
            new Place("languages/en.yaml", 30, "label soap"))
        .containsEntry(
            Course.key(Language.ENGLISH, "your_company"),
            new Place("languages/en.yaml", 13, "label your_company"));
  }

  @Test
  void canBeTaught() {
    PublishedDrills published = course.publish(BuiltInLanguages.load());

    assertThat(
            published
                .find(WASHING)
                .orElseThrow()
                .in(SPANISH)
                .prompt(new PromptSlug("how-long"))
                .correctAnswer())
        .isEqualTo("c) 20 segundos");
  }
}

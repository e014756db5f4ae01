package co.stopcovid.adapters.authoring.lint;

import static co.stopcovid.adapters.authoring.lint.Lesson.DONE;
import static co.stopcovid.adapters.authoring.lint.Lesson.say;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrillChecksTest {
  private static final Prompt JOB = say("job", "What is your job?");

  @Test
  void twoDrillsWithTheSameSlugAreAnError() {
    assertThat(Lesson.of(JOB).drill("e", JOB, DONE).findings()).isEmpty();
    assertThat(Lesson.of(JOB).drill("d", JOB, DONE).findings())
        .containsExactly("ERROR d.yaml drill d: another drill has the slug d too");
  }

  @Test
  void theLastPromptAsksNothing() {
    Prompt graded = Lesson.ask("soap", "What washes germs away?", "soap");
    assertThat(Lesson.exactly(JOB, graded).findings())
        .contains(
            "ERROR d.yaml prompt soap: the last prompt soap is graded, but the drill ends with it"
                + " and waits for no answer");
    Prompt stored = Lesson.store("name", "What is your name?", ProfileKey.NAME);
    assertThat(Lesson.exactly(JOB, stored).findings())
        .containsExactly(
            "ERROR d.yaml prompt name: the last prompt name saves the reply, but the drill ends with"
                + " it and waits for no answer");
    assertThat(Lesson.exactly(JOB, stored, DONE).findings()).isEmpty();
  }

  @Test
  void anOnlyPromptIsAnswered() {
    Prompt graded = Lesson.ask("soap", "What washes germs away?", "soap");
    assertThat(Lesson.exactly(graded).findings()).isEmpty();
  }

  @Test
  void aCourseKeepsRepliesUnderAFewKeysOfItsOwn() {
    assertThat(Lesson.of(asksUnderKeys(8)).findings()).isEmpty();
    assertThat(Lesson.of(asksUnderKeys(9)).findings())
        .containsExactly(
            "ERROR d.yaml prompt p9: x_9 is one key too many: a course keeps replies under at most"
                + " 8 of its own");
  }

  private static Prompt[] asksUnderKeys(int keys) {
    return IntStream.rangeClosed(1, keys)
        .mapToObj(
            i -> Lesson.store("p" + i, "What is it?", ProfileKey.find("x_" + i).orElseThrow()))
        .toArray(Prompt[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"picture.png", "ftp://example.com/a.png", "https:///a.png", "https://a b", " "})
  void aPictureHasAWebAddress(String url) {
    assertThat(Lesson.of(picture("https://example.com/a.png")).findings()).isEmpty();
    assertThat(Lesson.of(picture(url)).findings())
        .singleElement()
        .asString()
        .startsWith("ERROR d.yaml prompt look: media_url is no web address: “");
  }

  @Test
  void aCourseHasDrills() {
    assertThat(new Lesson().findings()).containsExactly("ERROR content : there is no drill");
  }

  @Test
  void whatTheReaderFoundIsAmongTheFindingsInTheOrderOfPlaces() {
    var first = Finding.error(new Place("d.yaml", 1, "drill x"), "it has no prompts", "add some");
    var last = Finding.error(new Place("z.yaml", 9, ""), "it is no YAML", "mend it");
    assertThat(Lesson.of(say("hi", "Hi ")).finding(last).finding(first).finding(last).findings())
        .containsExactly(
            "ERROR d.yaml drill x: it has no prompts",
            "WARNING d.yaml prompt hi: the text begins or ends with spaces or line breaks",
            "ERROR z.yaml : it is no YAML");
  }

  private static Prompt picture(String url) {
    return new Prompt(
        new PromptSlug("look"), List.of(new PromptMessage("Look!", url)), null, null, 1);
  }
}

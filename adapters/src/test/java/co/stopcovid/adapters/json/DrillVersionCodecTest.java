package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.Review;
import co.stopcovid.drills.Translations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillVersionCodecTest {
  private static final String FILE = "drill-version.json";

  @Test
  void readsAndWritesTheWholeContent() {
    DrillVersion read = DrillVersionCodec.decode(Golden.read(FILE), Samples.TABLES);

    assertThat(read).isEqualTo(Samples.DRILL);
    assertThat(read.drill()).isEqualTo(Samples.DRILL.drill());
    assertThat(read.translations().asMap()).isEqualTo(Samples.DRILL.translations().asMap());
    Golden.assertWrittenAs(FILE, DrillVersionCodec.encode(Samples.DRILL));
  }

  /** What a prompt says beyond right and wrong is written only where it is used. */
  @Test
  void readsAndWritesFeedback() {
    var feedback =
        new Feedback(
            "It lifts germs.",
            "Bubbles.",
            new TreeMap<>(Map.of("a", "Not a.")),
            List.of(new Feedback.Mistake("gel", "soap")));
    Prompt plain = Samples.DRILL.drill().prompts().get(1);
    DrillVersion version = with(plain, List.of("a bar"), feedback, new Review(true, "Again?"));

    DrillVersion read = DrillVersionCodec.decode(DrillVersionCodec.encode(version), Samples.TABLES);

    assertThat(read.drill()).isEqualTo(version.drill());
    assertThat(read.id()).isEqualTo(version.id());
    assertThat(DrillVersionCodec.encode(with(plain, List.of(), Feedback.NONE, Review.DEFAULT)))
        .isEqualTo(DrillVersionCodec.encode(Samples.DRILL));
    DrillVersion never = with(plain, List.of(), Feedback.NONE, Review.NEVER);
    assertThat(DrillVersionCodec.decode(DrillVersionCodec.encode(never), Samples.TABLES).drill())
        .isEqualTo(never.drill());
  }

  private static DrillVersion with(
      Prompt plain, List<String> accepted, Feedback feedback, Review review) {
    var prompt =
        new Prompt(
            plain.slug(),
            plain.messages(),
            plain.correctResponse(),
            accepted,
            plain.responseKey(),
            plain.maxFailures(),
            feedback,
            review);
    List<Prompt> prompts =
        Samples.DRILL.drill().prompts().stream()
            .map(other -> other.equals(plain) ? prompt : other)
            .toList();
    var drill = new Drill(Samples.DRILL.slug(), Samples.DRILL.drill().name(), prompts);
    return DrillVersion.of(drill, Samples.DRILL.translations(), Samples.TABLES);
  }

  /** A course that is taught in every language of the engine is stored as before there was this. */
  @Test
  void readsAndWritesTheLanguagesOfTheCourse() {
    Translations all = Samples.DRILL.translations();
    Language spanish = new Language("es");
    DrillVersion one =
        DrillVersion.of(Samples.DRILL.drill(), all.teaching(List.of(spanish)), Samples.TABLES);

    DrillVersion read = DrillVersionCodec.decode(DrillVersionCodec.encode(one), Samples.TABLES);

    assertThat(read.languages()).containsExactly(spanish);
    assertThat(read).isEqualTo(one).isNotEqualTo(Samples.DRILL);
    Translations both = all.teaching(List.of(spanish, Language.ENGLISH));
    assertThat(DrillVersion.of(Samples.DRILL.drill(), both, Samples.TABLES))
        .isEqualTo(Samples.DRILL);
  }

  @Test
  void refusesContentThatChanged() {
    String json = Golden.read(FILE).replace("What do you need?", "What else do you need?");
    assertThatThrownBy(() -> DrillVersionCodec.decode(json, Samples.TABLES))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith(
            "version %s of drill 01-washing-your-hands: the content has the id ",
            Samples.DRILL.id());
  }

  @Test
  void keepsItsIdWhereTheEngineHasMoreLabelsThanWhenItWasStored() {
    var translations = new TreeMap<>(Samples.DRILL.translations().asMap());
    translations.getOrDefault(Language.ENGLISH, new TreeMap<>()).remove("drill_reminder");
    String json =
        DrillVersionCodec.encode(Samples.DRILL)
            .replace("\"drill_reminder\":\"Engine: drill_reminder\",", "");
    String id = idOf(json);
    DrillVersion read =
        DrillVersionCodec.decode(json.replace(Samples.DRILL.id(), id), Samples.TABLES);

    assertThat(read.id()).isEqualTo(id).isNotEqualTo(Samples.DRILL.id());
    assertThat(read.translations().asMap()).isEqualTo(translations);
    assertThat(DrillVersionCodec.encode(read)).isEqualTo(json.replace(Samples.DRILL.id(), id));
    assertThat(read.in(null).engineText("drill_reminder").fill(name -> ""))
        .isEqualTo("Engine: drill_reminder");
  }

  /** As the refusal names it. */
  private static String idOf(String changed) {
    Throwable refusal = catchThrowable(() -> DrillVersionCodec.decode(changed, Samples.TABLES));
    return String.valueOf(refusal.getMessage()).replaceAll(".*has the id (\\w+):.*", "$1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"slug\": \"soap\" | \"slug\": \"name\" | drill.slug: drill 01-washing-your-hands has two",
        "\"max_failures\": 2 | \"max_failures\": 999 | drill.prompts[1].slug: prompt soap: max_fail",
        "\"key\": \"name\" | \"key\": \"validated\" | drill.prompts[0].response_user_profile_key: must be",
        "[{\"text\": \"{{bye}}\"}] | [{}] | drill.prompts[2].messages[0].text: is missing",
        "\"es\": { | \"Spanish\": { | translations.Spanish: not a language code",
        "¿Qué necesita?\" | {{unknown}}\" | version",
      })
  void saysWhereItIsMalformed(String part, String replacement, String message) {
    String json = Golden.read(FILE).replace("response_user_profile_key", "key");
    assertThat(json).contains(part);
    String broken =
        json.replace(part, replacement).replace("\"key\"", "\"response_user_profile_key\"");
    assertThatThrownBy(() -> DrillVersionCodec.decode(broken, Samples.TABLES))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith(message);
  }
}

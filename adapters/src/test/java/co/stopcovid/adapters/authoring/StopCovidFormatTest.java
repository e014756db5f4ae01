package co.stopcovid.adapters.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopCovidFormatTest {
  @TempDir private Path path;

  @Test
  void readsDrillsAndTranslations() {
    Course course = Folder.json(path).read();

    assertThat(course.findings()).isEmpty();
    assertThat(course.drills())
        .containsExactly(
            new Drill(
                new DrillSlug("01-soap"),
                "Soap",
                List.of(
                    new Prompt(
                        new PromptSlug("soap"),
                        List.of(
                            new PromptMessage("{{soap}}", null),
                            new PromptMessage(null, "https://a.org/b.png")),
                        "b) soap",
                        null,
                        2),
                    new Prompt(
                        new PromptSlug("done"),
                        List.of(new PromptMessage("Bye", null)),
                        null,
                        ProfileKey.SELF_RATING_1,
                        1))));
    assertThat(course.translations().exactly(new Language("es"), "soap"))
        .contains("¿Qué necesita?");
    assertThat(course.places())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "drill 01-soap",
                new Place("drills.json", 1, "drill 01-soap"),
                "drill 01-soap prompt soap",
                new Place("drills.json", 4, "prompt soap"),
                "drill 01-soap prompt soap written {{soap}}",
                prompt(5, "soap"),
                "drill 01-soap prompt soap written https://a.org/b.png",
                prompt(5, "soap"),
                "drill 01-soap prompt soap written b) soap",
                prompt(6, "soap"),
                "drill 01-soap prompt done written Bye",
                prompt(10, "done"),
                "drill 01-soap prompt done written self_rating_1",
                prompt(10, "done"),
                "drill 01-soap prompt done",
                new Place("drills.json", 9, "prompt done"),
                "label en soap",
                new Place("translations.json", 2, "label soap"),
                "label es soap",
                new Place("translations.json", 3, "label soap")));
  }

  private static Place prompt(int line, String prompt) {
    return new Place("drills.json", line, "prompt " + prompt);
  }

  @Test
  void readsPlainTextsWithoutTranslations() throws Exception {
    Folder folder = Folder.json(path);
    Files.delete(path.resolve("translations.json"));
    Course course = folder.read();

    assertThat(course.findings()).isEmpty();
    assertThat(course.drills()).hasSize(1);
    assertThat(course.translations().languages()).isEmpty();
  }

  @Test
  void ordersDrillsBySlug() {
    String one = Folder.DRILLS_JSON.strip();
    String two = one.replace("01-soap", "00-first").substring(1);
    Course course =
        Folder.json(path)
            .with("drills.json", one.substring(0, one.length() - 1) + "," + two)
            .read();
    assertThat(course.drills())
        .extracting(drill -> drill.slug().value())
        .containsExactly("00-first", "01-soap");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Soap\", | \"Soap\" | ERROR drills.json:2: not JSON at column 18: Unexpected character",
        "\"slug\": \"soap\", | \"slug\": \"soap\", \"slug\": \"x\", | ERROR drills.json:4: the key slug is",
        "{\"01-soap\" | {\"02-soap\" | WARNING drills.json:2 (drill 02-soap): the drill stands under the key 02-soap, but its slug is 01-soap",
        "\"slug\": \"01-soap\", | `` | WARNING drills.json:1 (drill 01-soap): slug is missing: the key",
        "\"name\": \"Soap\", | `` | WARNING drills.json:1 (drill 01-soap): name is missing",
        "\"Soap\" | \"\\u0000\" | ERROR drills.json:2 (drill 01-soap): name holds a character that no phone",
        "\"Soap\" | \"\\ud83d\" | ERROR drills.json:2 (drill 01-soap): name holds a character that no phone",
        "\"name\": \"Soap\", | \"name\": 7, | ERROR drills.json:2 (drill 01-soap): name must be a text, but is a number",
        "\"prompts\" | \"steps\" | ERROR drills.json:1 (drill 01-soap): the drill has no prompts",
        "\"prompts\" | \"steps\" | WARNING drills.json:3 (drill 01-soap): unknown field steps is",
        "\"prompts\": [ | \"prompts\": [7, | ERROR drills.json:3 (drill 01-soap): each of prompts must be",
        "\"slug\": \"soap\", | `` | ERROR drills.json:4 (drill 01-soap): slug is missing",
        "\"slug\": \"soap\", | \"slug\": \"a\\tb\", | ERROR drills.json:4 (prompt a\tb): not a prompt slug",
        "\"slug\": \"done\" | \"slug\": \"soap\" | ERROR drills.json:9 (prompt soap): the drill has two prompts named soap; the other is in line 4",
        "[{\"text\": \"Bye\"}] | [] | ERROR drills.json:10 (prompt done): the prompt has no messages",
        "[{\"text\": \"Bye\"}] | [{\"text\": \" \"}] | ERROR drills.json:10 (prompt done): a message needs a",
        "[{\"text\": \"Bye\"}] | \"Bye\" | ERROR drills.json:10 (prompt done): messages must be a list, but is",
        "self_rating_1 | opted_out | ERROR drills.json:10 (prompt done): response_user_profile_key: a reply cannot be stored as opted_out",
        "failures\": 2 | failures\": 101 | ERROR drills.json:8 (prompt soap): max_failures must be a whole number from 0 to 100",
        "failures\": 2 | failures\": \"2\" | ERROR drills.json:8 (prompt soap): max_failures must be a whole",
        "failures\": 2 | failures\": 1.5 | ERROR drills.json:8 (prompt soap): max_failures must be a whole",
        "max_failures | max_tries | WARNING drills.json:8 (prompt soap): unknown field max_tries is passed",
        "{\"01-soap\": { | [{ | ERROR drills.json:",
        "01-soap | 01\\tsoap | ERROR drills.json:1: not a drill slug",
      })
  void findsWhatIsWrongWithTheDrills(String part, String replacement, String finding) {
    assertThat(Folder.DRILLS_JSON).contains(part);
    Folder folder =
        Folder.json(path).with("drills.json", Folder.DRILLS_JSON.replace(part, replacement));
    assertThat(folder.findings()).anyMatch(found -> found.startsWith(finding));
    assertThat(folder.read().findings()).allMatch(found -> !found.fix().isBlank());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "instructions | texts | ERROR translations.json:1: instructions is missing",
        "instructions | texts | WARNING translations.json:1: unknown field texts is passed over",
        "\"label\": \"soap\", \"translation\": \"W | \"translation\": \"W | ERROR translations.json:2: label is missing",
        "\"en\" | null | ERROR translations.json:2 (label soap): language is missing",
        "\"en\" | \"English\" | ERROR translations.json:2 (label soap): not a language code",
        "\"What do you need?\" | `\" \"` | WARNING translations.json:2 (label soap): the label has no text",
        "\"What do you need?\" | 7 | ERROR translations.json:2 (label soap): translation must be a text",
        "\"language\": \"en\" | \"language\": \"es\" | ERROR translations.json:3 (label soap): label soap has two texts in es; the other is in translations.json:2 (label soap)",
      })
  void findsWhatIsWrongWithTheTranslations(String part, String replacement, String finding) {
    assertThat(Folder.TRANSLATIONS_JSON).contains(part);
    Folder folder =
        Folder.json(path)
            .with("translations.json", Folder.TRANSLATIONS_JSON.replace(part, replacement));
    assertThat(folder.findings()).anyMatch(found -> found.startsWith(finding));
    assertThat(folder.read().drills()).hasSize(1);
  }

  @Test
  void reportsAWrongLanguageOnce() {
    Folder folder =
        Folder.json(path)
            .with("translations.json", Folder.TRANSLATIONS_JSON.replace("\"es\"", "\"zh-Hans\""));
    assertThat(folder.findings())
        .singleElement()
        .asString()
        .startsWith("ERROR translations.json:3 (label soap): not a language code");
  }

  @Test
  void findsEverythingAtOnce() {
    Folder folder =
        Folder.json(path)
            .with(
                "drills.json",
                Folder.DRILLS_JSON.replace("self_rating_1", "mood").replace(": 2}", ": -1}"))
            .with("translations.json", "{");
    assertThat(folder.findings()).hasSize(3);
    assertThat(folder.read().drills()).hasSize(1);
  }

  @Test
  void findsThatThereAreNoDrills() {
    assertThat(Folder.json(path).with("drills.json", "{}").findings())
        .containsExactly("ERROR drills.json:1: there are no drills in the file");
  }

  @Test
  void passesOverTheOtherForm() {
    assertThat(Folder.json(path).with("drills/01-soap.yaml", Folder.DRILL).findings())
        .containsExactly(
            "WARNING drills.json: the folder holds drills/*.yaml, too, which are passed over");
  }

  @Test
  void readsWhatAPromptSaysBeyondRightAndWrong() {
    Course course =
        Folder.json(path)
            .with(
                "drills.json",
                Folder.DRILLS_JSON.replace(
                    "\"correct_response\": \"b) soap\",",
                    """
                    "correct_response": ["b) soap", "a bar"],
                    "explanation": "{{why}} It lifts germs.",
                    "hint": "Think of bubbles.",
                    "option_feedback": {"a": "Not a.", "C": "{{c}}"},
                    "wrong": {"gel": "{{no_gel}}", "hand gel": "No gel here."},
                    "review": false,
                    """))
            .read();
    Prompt prompt = course.drills().getFirst().first();

    assertThat(course.findings()).isEmpty();
    assertThat(prompt.answers()).containsExactly("b) soap", "a bar");
    assertThat(prompt.feedback())
        .isEqualTo(
            new Feedback(
                "{{why}} It lifts germs.",
                "Think of bubbles.",
                new TreeMap<>(Map.of("a", "Not a.", "c", "{{c}}")),
                List.of(
                    new Feedback.Mistake("gel", "no_gel"),
                    new Feedback.Mistake("hand gel", "wrong.hand-gel"))));
    assertThat(prompt.review()).isEqualTo(Review.NEVER);
    assertThat(course.translations().exactly(Language.ENGLISH, "wrong.hand-gel"))
        .contains("No gel here.");
  }
}

package co.stopcovid.adapters.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthoringFormatTest {
  @TempDir private Path path;

  @Test
  void readsDrillsAndLanguages() {
    Course course = Folder.yaml(path).read();

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
                            new PromptMessage("{{hello}}", null),
                            new PromptMessage("{{01-soap.soap}}", null)),
                        "{{01-soap.soap-answer}}",
                        null,
                        1),
                    new Prompt(
                        new PromptSlug("done"),
                        List.of(new PromptMessage("{{01-soap.done}}", null)),
                        null,
                        null,
                        1))));
  }

  @Test
  void takesTextsAsTheyAreWritten() {
    Course course =
        Folder.yaml(path)
            .with(
                "languages/en.yaml",
                Folder.ENGLISH + "    t: true\n    h: 0x1F\n    d: 2026-11-22\n    q: 'é\u00a0'\n")
            .read();
    assertThat(course.findings()).isEmpty();
    assertThat(course.translations().asMap().get(Language.ENGLISH))
        .containsAllEntriesOf(
            Map.of(
                "hello", "Hello {{name}}",
                "done", "no",
                "01-soap.soap-answer", "1.50",
                "01-soap.done", "yes",
                "01-soap.t", "true",
                "01-soap.h", "0x1F",
                "01-soap.d", "2026-11-22",
                "01-soap.q", "é\u00a0"));
  }

  @Test
  void letsTextsReferToLabelsOfTheirDrill() {
    Course course =
        Folder.yaml(path)
            .with(
                "languages/en.yaml",
                Folder.ENGLISH.replace(
                    "What do you need?", "\"{{ done }} {{hello}} {{name}} {{other}}\""))
            .read();
    assertThat(course.translations().exactly(Language.ENGLISH, "01-soap.soap"))
        .contains("{{01-soap.done}} {{hello}} {{name}} {{other}}");
  }

  @Test
  void sendsPictures() {
    Course course =
        Folder.yaml(path)
            .with(
                "drills/01-soap.yaml",
                Folder.DRILL.replace(
                    "[hello, soap]",
                    "[{label: soap, media_url: 'https://a.org/b'}, {media_url: c}]"))
            .read();
    assertThat(course.findings()).isEmpty();
    assertThat(course.drills().getFirst().first().messages())
        .containsExactly(
            new PromptMessage("{{01-soap.soap}}", "https://a.org/b"), new PromptMessage(null, "c"));
  }

  @Test
  void countsTriesWhereTheEngineCountsFailures() {
    Course course =
        Folder.yaml(path)
            .with(
                "drills/01-soap.yaml",
                Folder.DRILL.replace("answer: so", "tries: 3\n    answer: so"))
            .read();
    assertThat(course.drills().getFirst().first().maxFailures()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "drill: 01-soap | drill: 01 soap | ERROR drills/01-soap.yaml:1 (drill 01 soap): not a drill slug",
        "drill: 01-soap | drill: 02 | WARNING drills/01-soap.yaml:1 (drill 02): the file is named 01-soap.yaml, but its drill is 02",
        "drill: 01-soap | `` | ERROR drills/01-soap.yaml:2: drill is missing",
        "name: Soap | `` | WARNING drills/01-soap.yaml:1 (drill 01-soap): name is missing",
        "name: Soap | name: [a] | ERROR drills/01-soap.yaml:2 (drill 01-soap): name must be a text, but is a list",
        "name: Soap | name: a: b | ERROR drills/01-soap.yaml:2: not YAML at column 8: mapping values are not allowed here",
        "name: Soap | name: *soap | ERROR drills/01-soap.yaml:2: an alias (*soap)",
        "name: Soap | title: Soap | WARNING drills/01-soap.yaml:2 (drill 01-soap): unknown field title is",
        "prompts: | steps: | ERROR drills/01-soap.yaml:1 (drill 01-soap): the drill has no prompts",
        "prompt: soap | prompt: done | ERROR drills/01-soap.yaml:7 (prompt done): the drill has two prompts named done; the other is in line 4",
        "- prompt: soap | - name: soap | ERROR drills/01-soap.yaml:4 (drill 01-soap): prompt is missing",
        "say: done | text: done | ERROR drills/01-soap.yaml:7 (prompt done): the prompt has no messages",
        "say: done | say: | ERROR drills/01-soap.yaml:8 (prompt done): the prompt has no messages",
        "say: done | say: [[done]] | ERROR drills/01-soap.yaml:8 (prompt done): a list stands within",
        "say: done | say: [{text: done}] | ERROR drills/01-soap.yaml:8 (prompt done): a message needs a label",
        "say: done | say: Well done! | ERROR drills/01-soap.yaml:8 (prompt done): Well done! is not a name for",
        "say: done | say: done~    tries: 0 | ERROR drills/01-soap.yaml:9 (prompt done): tries must be a whole number from 1 to 101",
        "say: done | say: done~    save_reply_as: mood | ERROR drills/01-soap.yaml:9 (prompt done): save_reply_as: a reply cannot be stored as mood",
        "say: done | say: done~    say: done | ERROR drills/01-soap.yaml:9: the key say is there twice: in line 8, too",
        "say: done | say: done~--- | ERROR drills/01-soap.yaml:10: more follows after the end",
      })
  void findsWhatIsWrongWithADrill(String part, String replacement, String finding) {
    assertThat(Folder.DRILL).contains(part);
    Folder folder =
        Folder.yaml(path)
            .with(
                "drills/01-soap.yaml",
                Folder.DRILL.replace(part, replacement.replace('~', '\n'))
                    + (replacement.endsWith("---") ? "a: b\n" : ""));
    assertThat(folder.findings()).anyMatch(found -> found.startsWith(finding));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "language: en | language: es | ERROR languages/en.yaml:1: the file is named en.yaml, but its language is es",
        "language: en | language: English | ERROR languages/en.yaml:1: not a language code",
        "language: en | `` | ERROR languages/en.yaml:2: language is missing",
        "messages: | texts: | WARNING languages/en.yaml:3: unknown field texts is passed over",
        "done: no | done: | WARNING languages/en.yaml:5: done has no text: it counts as missing",
        "done: no | done: {a: b} | ERROR languages/en.yaml:5: done must be a text, but is a group",
        "done: no | the end: no | ERROR languages/en.yaml:5 (label the end): the end is not a name for a label",
        "done: no | hello: no | ERROR languages/en.yaml:5: the key hello is there twice: in line 4, too",
        "01-soap: | 02-rinse: | WARNING languages/en.yaml:7: there is no drill 02-rinse: its texts are",
      })
  void findsWhatIsWrongWithALanguage(String part, String replacement, String finding) {
    assertThat(Folder.ENGLISH).contains(part);
    Folder folder =
        Folder.yaml(path).with("languages/en.yaml", Folder.ENGLISH.replace(part, replacement));
    assertThat(folder.findings()).anyMatch(found -> found.startsWith(finding));
    assertThat(folder.read().drills()).hasSize(1);
  }

  @Test
  void findsTwoDrillsWithOneSlug() {
    assertThat(Folder.yaml(path).with("drills/02-rinse.yaml", Folder.DRILL).findings())
        .containsExactly(
            "WARNING drills/02-rinse.yaml:1 (drill 01-soap): the file is named 02-rinse.yaml, but its drill is 01-soap",
            "ERROR drills/02-rinse.yaml:1 (drill 01-soap): there are two drills with the slug 01-soap; the other is in drills/01-soap.yaml:1 (drill 01-soap)");
  }

  @Test
  void cannotBeTaughtWithErrors() {
    Course course =
        Folder.yaml(path)
            .with("drills/02-broken.yaml", "drill: [")
            .with("drills/03-empty.yaml", "")
            .read();
    assertThat(course.drills()).hasSize(1);
    assertThatThrownBy(() -> course.publish(BuiltInLanguages.load()))
        .isInstanceOf(ContentException.class)
        .hasMessageContainingAll(
            "drills/02-broken.yaml:", "drills/03-empty.yaml: the file is empty");
  }

  /** Labels stand for texts of the drill's own section, or for those said in every drill. */
  @Test
  void readsWhatAPromptSaysBeyondRightAndWrong() {
    Prompt prompt =
        promptOf(
            """
                answer: [soap-answer, soap-bar, "165 °F"]
                why: soap-why
                hint: hello
                options: {A: soap-a, "b)": soap-b}
                wrong: {gel: no-gel, hand gel: "Gel is for when there is no sink."}
                review: soap-again
            """,
            """
                soap-bar: a bar
                soap-why: It lifts germs.
                soap-a: Not a.
                soap-b: Not b.
                soap-again: What again?
                no-gel: Not gel.
            """);

    assertThat(prompt.answers())
        .containsExactly("{{01-soap.soap-answer}}", "{{01-soap.soap-bar}}", "165 °F");
    assertThat(prompt.feedback())
        .isEqualTo(
            new Feedback(
                "{{01-soap.soap-why}}",
                "{{hello}}",
                new TreeMap<>(Map.of("a", "{{01-soap.soap-a}}", "b", "{{01-soap.soap-b}}")),
                List.of(
                    new Feedback.Mistake("gel", "01-soap.no-gel"),
                    new Feedback.Mistake("hand gel", "01-soap.wrong.hand-gel"))));
    assertThat(prompt.review()).isEqualTo(new Review(true, "{{01-soap.soap-again}}"));
  }

  @Test
  void aTextThatIsNoLabelIsSaidAsItStandsInEveryLanguage() {
    Course course =
        folder("    wrong: {gel: Not gel!}\n", "")
            .with("languages/es.yaml", "language: es\nname: Español\nmessages: {hello: Hola}\n")
            .read();

    assertThat(course.findings()).isEmpty();
    for (String language : List.of("en", "es")) {
      assertThat(course.translations().exactly(new Language(language), "01-soap.wrong.gel"))
          .contains("Not gel!");
    }
  }

  @Test
  void aPromptCanBeLeftOutOfReviews() {
    assertThat(promptOf("    review: false\n", "").review()).isEqualTo(Review.NEVER);
    assertThat(promptOf("    review: true\n", "").review()).isEqualTo(Review.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "options: {a: hello, A: done} | ERROR drills/01-soap.yaml:7 (prompt soap): options says"
            + " something of the option a twice",
        "options: hello | ERROR drills/01-soap.yaml:7 (prompt soap): options must be a group of",
        "why: '' | WARNING drills/01-soap.yaml:7 (prompt soap): why has no text: it counts as missing",
        "wrong: {gel: } | WARNING drills/01-soap.yaml:7 (prompt soap): gel has no text: it counts",
        "answer: [a, [b]] | ERROR drills/01-soap.yaml:6 (prompt soap): answer must be a text, but is",
      })
  void findsWhatIsWrongWithFeedback(String line, String finding) {
    assertThat(folder("    " + line + "\n", "").findings())
        .anyMatch(found -> found.startsWith(finding));
  }

  /** A slip is found in its own line, not in the one after. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "soap: {{name}} needs? | a text that begins with {{ stands without quotes",
        "soap: {{name}} | a text that begins with {{ stands without quotes",
        "soap: [{{name}}, what?] | a text that begins with {{ stands without quotes",
        "soap: [what, {{name}}] | a text that begins with {{ stands without quotes",
        "soap: {a: {{name}}} | a text that begins with {{ stands without quotes",
        "soap: {{{name}}} | a text that begins with {{ stands without quotes",
        "soap: \"What? | a quotation mark that opens here is not closed",
        "soap: 'What? | a quotation mark that opens here is not closed",
        "soap What? | a colon is missing after the name",
        "soap: 'it's' | expected <block end>, but found '<scalar>'",
        "soap: [What? | expected ',' or ']', but got :",
        "soap: What: now? | mapping values are not allowed here",
        "soap: @home? | found character '@' that cannot start any token.",
      })
  void aSlipInYamlIsFoundInItsOwnLine(String line, String reason) {
    Folder folder =
        Folder.yaml(path)
            .with(
                "languages/en.yaml",
                Folder.ENGLISH.replace("soap: What do you need?", line.strip()));

    assertThat(folder.read().findings().getFirst().place().toString())
        .isEqualTo("languages/en.yaml:8");
    assertThat(folder.read().findings().getFirst().reason()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "answr, answer",
    "Answer, answer",
    "awnser, answer",
    "hints, hint",
    "option, options",
    "save-reply-as, save_reply_as",
    "trys, tries",
  })
  void aMisspeltFieldIsToldWithTheNearestOne(String written, String meant) {
    assertThat(folder("    " + written + ": hello\n", "").read().findings())
        .filteredOn(finding -> finding.reason().startsWith("unknown field " + written))
        .singleElement()
        .extracting(Finding::fix)
        .isEqualTo("did you mean " + meant + "?");
  }

  private Prompt promptOf(String fields, String texts) {
    Course course = folder(fields, texts).read();
    assertThat(course.findings()).isEmpty();
    return course.drills().getFirst().first();
  }

  private Folder folder(String fields, String texts) {
    String drill = fields.contains("answer:") ? "" : "    answer: soap-answer\n";
    return Folder.yaml(path)
        .with(
            "drills/01-soap.yaml",
            Folder.DRILL.replace("    answer: soap-answer\n", drill + fields))
        .with("languages/en.yaml", Folder.ENGLISH + texts);
  }
}

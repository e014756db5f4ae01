package co.stopcovid.adapters.authoring.lint;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.CourseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A finding is told with the line where its author wrote the slip, in both forms. */
class FindingPlacesTest {
  private static final String DRILLS =
      """
      {
        "soap": {
          "name": "Soap",
          "slug": "soap",
          "prompts": [
            {
              "slug": "how-long",
              "messages": [
                {
                  "text": "How long do you scrub?\\na) 5 seconds\\nb) 20 seconds",
                  "media_url": "https://example.org/a.png"
                }
              ],
              "correct_response": "b) 20 seconds",
              "hint": "Longer than a breath.",
              "option_feedback": {
                "a": "{{too-short}}"
              },
              "wrong": {
                "a minute": "Less will do."
              }
            },
            {
              "slug": "done",
              "messages": [
                { "text": "Done." }
              ]
            }
          ]
        }
      }
      """;
  private static final String TRANSLATIONS =
      """
      {
        "instructions": [
          {
            "label": "too-short",
            "translation": "Too short.",
            "language": "en"
          }
        ]
      }
      """;

  private static final String YAML =
      """
      drill: soap
      name: Soap
      prompts:
        - prompt: how-long
          say:
            - label: question
              media_url: https://example.org/a.png
          answer: right
          hint: hint
          options:
            a: too-short
        - prompt: done
          say: done
      """;
  private static final String ENGLISH =
      """
      language: en
      drills:
        soap:
          question: "How long do you scrub?\\na) 5 seconds\\nb) 20 seconds"
          right: "b) 20 seconds"
          hint: "Longer than a breath."
          too-short: "Too short."
          done: "Done."
      """;

  @TempDir Path folder;

  @Test
  void bothCoursesAreWithoutFindings() throws IOException {
    assertThat(json(DRILLS)).isEmpty();
    assertThat(yaml(YAML)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\": | \"d\": | 17 | this is said of the option d, but the question lists [a, b]",
        "\"a\": | \"b\": | 17 | this is said of the option b, but that is the right one",
        "https:// | http:// | 11 | media_url is an address without encryption",
        "https:// | / | 11 | media_url is no web address",
        "\"Longer than a breath.\" | \"It is 20 seconds.\" | 15 | the hint gives the right answer away",
        "\"Longer than a breath.\" | \"See {{nothing}}.\" | 15 | unknown label {{nothing}}",
        "\"Longer than a breath.\" | \"Longer. \" | 15 | the text begins or ends with spaces",
        "\"b) 20 seconds\", | \"c) 20 seconds\", | 14 | the right answer “c) 20 seconds” is none",
        "\"a minute\" | \"20 seconds\" | 20 | the wrong answer “20 seconds” is marked right",
        "a) 5 seconds\\n | a) 20 seconds\\n | 10 | the choices “a) 20 seconds” and “b) 20 seconds”",
        "\"Less will do.\" | \"Less {{will}} do.\" | 20 | unknown label {{will}}",
        "{ \"text\": \"Done.\" } | { \"text\": \"<b>Done.\" } | 26 | HTML",
      })
  void inStopCovidsForm(String text, String broken, int line, String reason) throws IOException {
    assertThat(json(replaced(DRILLS, text, broken)))
        .anySatisfy(
            finding ->
                assertThat(finding).startsWith("drills.json:" + line + ":").contains(reason));
  }

  @Test
  void anOptionWhereNoneIsListedIsToldWithItsLetter() throws IOException {
    String open = replaced(DRILLS, "\\na) 5 seconds\\nb) 20 seconds", "");

    assertThat(json(replaced(open, "\"b) 20 seconds\"", "\"20 seconds\"")))
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .startsWith("drills.json:17:")
                    .contains("the option a, but the question lists no options"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: too-short | d: too-short | 11 | this is said of the option d",
        "a: too-short | b: too-short | 11 | this is said of the option b, but that is the right one",
        "https:// | http:// | 7 | media_url is an address without encryption",
        "hint: hint | hint: hnit | 9 | unknown label {{soap.hnit}}",
        "answer: right | answer: rihgt | 8 | unknown label {{soap.rihgt}}",
        "say: done | say: doen | 13 | unknown label {{soap.doen}}",
      })
  void inYaml(String text, String broken, int line, String reason) throws IOException {
    assertThat(yaml(replaced(YAML, text, broken)))
        .anySatisfy(
            finding ->
                assertThat(finding).startsWith("drills/soap.yaml:" + line + ":").contains(reason));
  }

  @Test
  void aTabThatIndentsIsToldWithItsLine() throws IOException {
    assertThat(yaml(replaced(YAML, "    answer: right", "\tanswer: right")))
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .startsWith("drills/soap.yaml:8:")
                    .contains("a tab indents this line", "replace the tab with spaces"));
    assertThat(yaml(replaced(YAML, "  - prompt: done", "\t- prompt: done")))
        .anySatisfy(finding -> assertThat(finding).startsWith("drills/soap.yaml:12:"));
  }

  private static String replaced(String text, String from, String to) {
    assertThat(text).contains(from);
    return text.replace(from, to);
  }

  private List<String> json(String drills) throws IOException {
    Files.writeString(folder.resolve("drills.json"), drills);
    Files.writeString(folder.resolve("translations.json"), TRANSLATIONS);
    return findings(folder);
  }

  private List<String> yaml(String drill) throws IOException {
    Path course = folder.resolve("yaml");
    Files.createDirectories(course.resolve("drills"));
    Files.createDirectories(course.resolve("languages"));
    Files.writeString(course.resolve("drills/soap.yaml"), drill);
    Files.writeString(course.resolve("languages/en.yaml"), ENGLISH);
    return findings(course);
  }

  private static List<String> findings(Path folder) {
    Course course = CourseReader.read(folder);
    return CourseLint.check(course, Lesson.TABLES).stream()
        .map(
            finding ->
                "%s: %s (fix: %s)".formatted(finding.place(), finding.reason(), finding.fix()))
        .map(text -> text.replaceFirst(" \\(prompt [^)]*\\)", ""))
        .toList();
  }
}

package co.stopcovid.adapters.authoring.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.CourseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample course with one thing broken in its files: that is found, there, and nothing else. */
class BrokenCourseTest {
  private static final Path SAMPLE = Path.of(System.getProperty("project.root"), "content");
  private static final String HANDS = "drills/01-washing-your-hands.yaml";
  private static final String MASKS = "drills/02-face-coverings.yaml";
  private static final String ENGLISH = "languages/en.yaml";
  private static final String SPANISH = "languages/es.yaml";
  private static final String FRENCH = "languages/fr.yaml";

  @TempDir Path folder;

  static Stream<Arguments> textFaults() {
    return Stream.of(
        fault(
            FRENCH,
            "    name: \"Quel est votre prénom ?\"\n",
            "",
            "languages/fr.yaml: warning: label 01-washing-your-hands.name: it has no text in fr"),
        fault(
            SPANISH,
            "soap-answer:",
            "soap-anwser:",
            "languages/es.yaml: warning: label 01-washing-your-hands.soap-answer: it has no text in es"),
        fault(
            SPANISH,
            "    soap-answer:",
            "    spare: \"nada\"\n    soap-answer:",
            "languages/es.yaml:29: warning: label spare: nothing uses this label (it is in es)"),
        fault(
            SPANISH,
            "Prueba otra",
            "Prueba {{otra}}",
            "languages/es.yaml:5: error: label incorrect_answer: unknown label {{otra}}"),
        fault(
            SPANISH,
            "Prueba otra",
            "Prueba {{otra",
            "languages/es.yaml:5: error: label incorrect_answer: malformed template"),
        fault(
            SPANISH,
            "otra vez.\"",
            "otra vez. \"",
            "languages/es.yaml:5: warning: label incorrect_answer: the text begins or ends with"),
        fault(
            SPANISH,
            "\"tu empresa\"",
            "\"tu {{your_company}}\"",
            "languages/es.yaml:13: error: label your_company: labels refer to each other in a circle:"
                + " your_company → your_company"),
        fault(
            ENGLISH,
            "c) 20 seconds\"",
            "c) 20 minutes\"",
            "languages/en.yaml:49: error: label how-long-answer: the right answer “c) 20 minutes” is"
                + " none of the choices"),
        fault(
            ENGLISH,
            "b) 10 seconds",
            "c) 10 seconds",
            "languages/en.yaml:44: error: label how-long: two choices have the label c"),
        fault(
            ENGLISH,
            "soap-answer: \"soap\"",
            "soap-answer: \"quit\"",
            "languages/en.yaml:31: error: label soap-answer: who answers “quit” leaves the course"));
  }

  static Stream<Arguments> drillFaults() {
    return Stream.of(
        fault(
            HANDS,
            "save_reply_as: name",
            "save_reply_as: validated",
            "drills/01-washing-your-hands.yaml:12: error: prompt name: save_reply_as: a reply cannot"
                + " be stored as validated"),
        fault(
            HANDS,
            "prompt: soap",
            "prompt: name",
            "drills/01-washing-your-hands.yaml:13: error: prompt name: the drill has two prompts"),
        fault(
            HANDS,
            "say: how-long\n",
            "say: how-lnog\n",
            "drills/01-washing-your-hands.yaml:25: error: prompt how-long: unknown label"
                + " {{01-washing-your-hands.how-lnog}} (fix: did you mean"
                + " 01-washing-your-hands.how-long?)"),
        fault(
            HANDS,
            "    say: [done, done-tip]\n",
            "    say: [done, done-tip]\n    answer: soap-answer\n",
            "drills/01-washing-your-hands.yaml:44: error: prompt done: the last prompt done is graded"),
        fault(
            MASKS,
            "say: damp-mask\n",
            "say: {label: damp-mask, media_url: mask.png}\n",
            "drills/02-face-coverings.yaml:20: error: prompt damp-mask: media_url is no web"));
  }

  private static Arguments fault(String file, String text, String broken, String finding) {
    return arguments(file, text, broken, finding);
  }

  @ParameterizedTest
  @MethodSource({"textFaults", "drillFaults"})
  void theFaultIsFound(String file, String text, String broken, String finding) throws IOException {
    copy();
    Path path = folder.resolve(file);
    String content = Files.readString(path);
    int at = content.indexOf(text);
    assertThat(at).as("where %s has %s", file, text).isNotNegative();
    Files.writeString(
        path, content.substring(0, at) + broken + content.substring(at + text.length()));

    Course course = CourseReader.read(folder);
    List<String> lines =
        LintReport.text(course, CourseLint.check(course, Lesson.TABLES)).lines().toList();
    assertThat(lines).hasSize(2).first().asString().startsWith(finding);
  }

  private void copy() throws IOException {
    try (Stream<Path> all = Files.walk(SAMPLE)) {
      for (Path from : all.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(SAMPLE.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
  }
}

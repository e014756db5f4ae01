package co.stopcovid.adapters.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseReaderTest {
  @TempDir private Path path;

  @Test
  void findsThatThereIsNoFolder() throws IOException {
    assertThat(new Folder(path.resolve("none")).findings())
        .containsExactly("ERROR " + path.resolve("none") + ": there is no such folder");
    Path file = Files.createFile(path.resolve("file"));
    assertThat(new Folder(file).findings())
        .containsExactly("ERROR " + file + ": this is a file, not a folder");
  }

  @Test
  void findsThatThereIsNoCourse() {
    assertThat(new Folder(path).with("README.md", "").with("drills/notes.txt", "").findings())
        .containsExactly(
            "ERROR " + path + ": the folder holds neither drills.json nor drills/*.yaml");
  }

  @Test
  void findsFilesInTheWrongPlace() {
    assertThat(
            Folder.yaml(path)
                .with("02-rinse.yaml", "")
                .with("translations.json", "{}")
                .with("README.md", "")
                .with(".hidden.yaml", "")
                .with("drills/02-rinse.yml", "")
                .with("drills/notes.txt", "")
                .with("drills/more/03-dry.yaml", "")
                .with("languages/ES.YAML", "")
                .findings())
        .containsExactlyInAnyOrder(
            "WARNING 02-rinse.yaml: the file is passed over",
            "WARNING translations.json: the file is passed over",
            "WARNING drills/02-rinse.yml: the file is passed over",
            "WARNING drills/more: the folder is passed over",
            "WARNING languages/ES.YAML: the file is passed over");
  }

  @Test
  void findsTextThatIsNotUtf8() {
    byte[] latin =
        Folder.DRILL.replace("name: Soap", "name: Jabón").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Folder.yaml(path).with("drills/01-soap.yaml", latin).findings())
        .containsExactly("ERROR drills/01-soap.yaml:2: the text is not UTF-8 from here on");
    byte[] cut = Folder.DRILLS_JSON.replace("Soap", "é").getBytes(StandardCharsets.UTF_8);
    int middle = new String(cut, StandardCharsets.ISO_8859_1).indexOf('Ã') + 1;
    assertThat(Folder.json(path).with("drills.json", Arrays.copyOf(cut, middle)).findings())
        .contains("ERROR drills.json:2: the text is not UTF-8 from here on");
  }

  @Test
  void readsTextWithAByteOrderMark() {
    assertThat(Folder.json(path).with("drills.json", "\uFEFF" + Folder.DRILLS_JSON).findings())
        .isEmpty();
  }

  @Test
  void readsNoMoreThanItsBounds() {
    var deep = "[".repeat(50);
    assertThat(Folder.yaml(path).with("languages/en.yaml", "a: " + deep).findings())
        .first()
        .asString()
        .startsWith("ERROR languages/en.yaml:1: too much in one piece: Document nesting depth");
    assertThat(Folder.json(path).with("drills.json", new byte[10_000_001]).findings())
        .contains("ERROR drills.json: the file has 10000001 bytes; at most 10000000 are read");
  }

  @Test
  void readsLargeFiles() {
    assertThat(
            Folder.yaml(path)
                .with("languages/en.yaml", "#\n".repeat(2_000_000) + Folder.ENGLISH)
                .findings())
        .isEmpty();
    assertThat(
            Folder.json(path)
                .with("drills.json", " ".repeat(5_000_000) + Folder.DRILLS_JSON)
                .findings())
        .noneMatch(finding -> finding.startsWith("ERROR"));
  }

  @Test
  void findsCharactersThatYamlForbids() {
    assertThat(Folder.yaml(path).with("languages/en.yaml", "a: \u0000").findings())
        .first()
        .asString()
        .startsWith("ERROR languages/en.yaml");
  }

  @Test
  void aCourseTeachesTheLanguagesThatItSaysElseThoseThatItHasTextsIn() {
    Folder folder = Folder.json(path);
    assertThat(taught(folder)).containsExactly("en", "es");
    assertThat(taught(folder.with("course.yaml", "languages: [es, en]\n")))
        .containsExactly("es", "en");
    assertThat(taught(folder.with("course.yaml", "languages: es\n"))).containsExactly("es");
    assertThat(folder.findings()).isEmpty();
  }

  @Test
  void findsWhatIsWrongWithTheLanguagesOfACourse() {
    Folder folder = Folder.yaml(path);
    assertThat(folder.with("course.yaml", "languages: [en, Spanish]\n").findings())
        .singleElement()
        .asString()
        .startsWith("ERROR course.yaml:1: ");
    assertThat(folder.with("course.yaml", "langages: [en]\n").findings())
        .anyMatch(finding -> finding.startsWith("WARNING course.yaml:1: unknown field langages"))
        .anyMatch(finding -> finding.startsWith("WARNING course.yaml:1: the course says no"));
  }

  private static List<String> taught(Folder folder) {
    return folder.read().translations().taught().stream().map(Language::code).toList();
  }
}

package co.stopcovid.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingNamesTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  /** What the program reads and what is documented. */
  @Test
  void everyNameThatIsReadOrDocumentedIsKnown() throws IOException {
    var found = new TreeSet<String>();
    collect("\"((?:DIALOG|TWILIO|REGISTRATION)_[A-Z_]*[A-Z])\"", found, sources());
    collect("`((?:DIALOG|TWILIO|REGISTRATION)_[A-Z_]*[A-Z])`", found, docs());
    assertThat(found).hasSizeGreaterThan(20);
    assertThat(SettingNames.ALL).containsAll(found);
  }

  @Test
  void whatIsFarFromAllIsDoubtedToo() {
    assertThat(SettingNames.doubts(Map.of("DIALOG_PASSWORD", "x", "dialog_port", "1", "HOME", "/")))
        .satisfiesExactly(
            far -> assertThat(far).contains("DIALOG_PASSWORD", "did you mean DIALOG_"),
            small -> assertThat(small).contains("dialog_port", "did you mean DIALOG_PORT?"));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(
              file ->
                  file.toString().matches(".*/(adapters|standalone|core)/src/main/java/.*\\.java"))
          .filter(file -> !file.endsWith("SettingNames.java"))
          .toList();
    }
  }

  private static List<Path> docs() {
    return List.of(ROOT.resolve("docs/operations.md"), ROOT.resolve("README.md"));
  }

  private static void collect(String pattern, Set<String> found, List<Path> files)
      throws IOException {
    for (Path file : files) {
      Matcher names = Pattern.compile(pattern).matcher(Files.readString(file));
      while (names.find()) {
        found.add(names.group(1));
      }
    }
  }
}

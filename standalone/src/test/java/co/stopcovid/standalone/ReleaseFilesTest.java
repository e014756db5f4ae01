package co.stopcovid.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What an image of a release is built of. */
class ReleaseFilesTest {
  private static final Path RELEASE =
      Path.of(System.getProperty("project.root"), "build", "release");

  private static Stream<String> lines(String file) throws IOException {
    return Files.readAllLines(RELEASE.resolve(file)).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"));
  }

  /** The sources of all COPY and ADD lines. */
  private static List<String> copied() throws IOException {
    return lines("Containerfile")
        .filter(line -> line.startsWith("COPY ") || line.startsWith("ADD "))
        .map(line -> Arrays.stream(line.split("\\s+")).filter(it -> !it.startsWith("--")).toList())
        .flatMap(words -> words.subList(1, words.size() - 1).stream())
        .toList();
  }

  /** The settings and the data of whoever runs it stand beside the program. */
  @Test
  void anImageTakesInWhatIsNamedAlone() throws IOException {
    assertThat(copied())
        .contains("dialog", "lib", "runtime", "content")
        .allSatisfy(path -> assertThat(path).matches("[A-Za-z][A-Za-z.]*"));
    assertThat(lines(".dockerignore").findFirst()).contains("*");
    assertThat(lines(".dockerignore").skip(1).map(line -> line.replaceFirst("^!", "")))
        .containsExactlyInAnyOrderElementsOf(copied());
    assertThat(lines(".dockerignore").skip(1)).allMatch(line -> line.startsWith("!"));
    assertThat(lines("compose.yaml")).contains("context: .", "dockerfile: Containerfile");
  }

  /** There may be no docker here to ask. */
  @Test
  void theComposeFileFitsTogether() throws IOException {
    JsonNode compose =
        YAMLMapper.shared().readTree(Files.readString(RELEASE.resolve("compose.yaml")));
    assertThat(compose.propertyNames()).containsExactlyInAnyOrder("services", "volumes");
    JsonNode services = compose.path("services");
    JsonNode dialog = services.path("dialog");
    assertThat(dialog.path("build").path("dockerfile").asString()).isEqualTo("Containerfile");
    assertThat(dialog.path("depends_on").propertyNames()).isSubsetOf(services.propertyNames());
    assertThat(dialog.path("environment").propertyNames()).isSubsetOf(SettingNames.ALL);
    assertThat(dialog.path("environment").path("DIALOG_DATABASE_URL").asString())
        .contains("@database:5432/");
    for (JsonNode service : services) {
      for (JsonNode volume : service.path("volumes")) {
        String name = volume.asString().replaceFirst(":.*", "");
        assertThat(compose.path("volumes").has(name)).as(name).isTrue();
      }
    }
    // To nobody but this machine: a proxy with TLS stands in front of it.
    assertThat(dialog.path("ports").get(0).asString()).startsWith("127.0.0.1:");
    assertThat(services.path("database").has("ports")).isFalse();
  }

  @Test
  void aReleaseHasWhatAnImageTakesIn() throws IOException {
    List<String> make =
        lines("make")
            .filter(line -> !line.startsWith("chmod"))
            .flatMap(line -> Arrays.stream(line.split("\\s+")))
            .map(word -> word.replace("\"", ""))
            .toList();
    assertThat(Stream.concat(copied().stream(), Stream.of("Containerfile", ".dockerignore")))
        .allSatisfy(
            path ->
                assertThat(make)
                    .as(path)
                    .containsAnyOf(
                        "$root/" + path,
                        "$here/" + path,
                        "$work/$name/" + path,
                        "$work/$name/" + path + "/"));
  }
}

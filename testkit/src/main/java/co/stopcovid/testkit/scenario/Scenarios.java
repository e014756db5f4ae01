package co.stopcovid.testkit.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** All scenarios as tests: extend it and open the system they are to run on. */
public abstract class Scenarios {
  private static final String FOLDER = "/scenarios";

  protected abstract ScenarioSubject.Factory factory();

  @TestFactory
  final Stream<DynamicTest> scenario(@TempDir Path work) {
    return all().stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.name(),
                    () ->
                        scenario.run(
                            factory(), Files.createTempDirectory(work, "scenario"), content())));
  }

  /** The folder of the sample course. */
  public static Path content() {
    return Path.of(System.getProperty("project.root"), "content");
  }

  /** Every scenario there is, by the names of their files. */
  public static List<Scenario> all() {
    URL folder = Objects.requireNonNull(Scenarios.class.getResource(FOLDER));
    try {
      URI uri = folder.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          return read(jar.getPath(FOLDER));
        }
      }
      return read(Path.of(uri));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Scenario> read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(file -> Scenario.parse(resource(file.getFileName().toString())))
          .toList();
    }
  }

  static String resource(String name) {
    try (InputStream in = Scenarios.class.getResourceAsStream(FOLDER + "/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

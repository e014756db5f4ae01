package co.stopcovid.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands from their arguments to their exit status, in this process. */
class CommandLineTest {
  private static final String HOME = System.getProperty("project.root");

  private record Run(int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  @TempDir private Path temp;

  @Test
  void answersCommandsInLinesOfJson() throws IOException {
    Run run =
        dialog(
            read("commands.jsonl"),
            "simulate",
            "--jsonl",
            "--drills",
            path("course"),
            "--codes",
            path("codes.json"));
    String answers =
        run.out()
            .replaceAll("\"created_time\":\"[^\"]*\"", "\"created_time\":\"TIME\"")
            .replaceAll("\"version\":\"[0-9a-f]{32}\"", "\"version\":\"VERSION\"");
    assertThat(answers.lines()).containsExactlyElementsOf(read("answers.jsonl").lines().toList());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void holdsAConversation() throws IOException {
    Run run =
        dialog(
            read("typed.txt"),
            "simulate",
            "es",
            "--drills",
            path("course"),
            "--codes",
            path("codes.json"));
    assertThat(run.out()).isEqualTo(read("transcript.txt"));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void teachesTheSampleCourseToItsEnd() {
    var typed = new StringBuilder("acme\n1\nAna\n");
    typed.append("x\nx\n".repeat(30));
    typed.append("more\n").append("x\nx\n".repeat(30));
    Run run = dialog(typed + "more\n" + "x\nx\n".repeat(30), "simulate", "en");
    assertThat(run.out())
        .contains("Registered with Acme.")
        .contains("Drill completed: 1 of 4.")
        .contains("Drill completed: 3 of 4.");
  }

  @Test
  void aFirstNumberIsOneAndTheNextIsAboveAll() {
    Run run =
        dialog(
            """
            {"type":"INBOUND_SMS","payload":{"From":"+12025550101","Body":"acme"}}
            {"seq":"0","type":"INBOUND_SMS","payload":{"From":"+12025550102","Body":"acme"}}
            {"seq":7,"type":"INBOUND_SMS","payload":{"From":"+12025550103","Body":"acme"}}
            {"type":"INBOUND_SMS","payload":{"From":"+12025550104","Body":"acme"}}
            """,
            "simulate",
            "--jsonl");
    assertThat(run.lines())
        .map(line -> line.substring(0, 11))
        .containsExactly(
            "{\"seq\":\"1\",", "{\"seq\":\"0\",", "{\"seq\":\"7\",", "{\"seq\":\"8\",");
    assertThat(run.lines()).allMatch(line -> line.contains("USER_VALIDATED"));
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"+12025550188 secret\"",
        "{\"type\":\"INBOUND_SMS\"}",
        "{\"type\":\"PARTY\",\"payload\":{}}",
        "{\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"+12025550188 secret\",\"Body\":\"secret\"}}",
        "{\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"+12025550188\",\"Body\":5}}",
        "{\"seq\":-1,\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"+12025550188\",\"Body\":\"secret\"}}",
        "{\"type\":\"TRIGGER_REMINDER\",\"payload\":{\"phone_number\":\"+12025550188\"}}"
      })
  void aBadLineIsAnsweredByItsNumberWithoutWhatItHeld(String line) {
    Run run = dialog("\n" + line + "\n", "simulate", "--jsonl");
    assertThat(run.lines()).singleElement().asString().startsWith("{\"line\":2,\"error\":\"");
    assertThat(run.out()).doesNotContain("secret").doesNotContain("+12025550188");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aHugeLineAndOneThatIsNotUtf8DoNotStopTheNext() throws IOException {
    var input = new ByteArrayOutputStream();
    input.write("{\"a\":\"".getBytes(UTF_8));
    input.write("x".repeat(10_000_000).getBytes(UTF_8));
    input.write("\"}\n".getBytes(UTF_8));
    input.write(new byte[] {(byte) 0xFF, '\n'});
    input.write(
        "{\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"+12025550101\",\"Body\":\"acme\"}}"
            .getBytes(UTF_8));
    Run run = dialog(input.toByteArray(), Map.of(), "simulate", "--jsonl");
    assertThat(run.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("{\"line\":1,\"error\":\"the line has more than 1048576 bytes\"}"),
            line -> assertThat(line).isEqualTo("{\"line\":2,\"error\":\"the line is not UTF-8\"}"),
            line -> assertThat(line).contains("USER_VALIDATED"));
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aReaderThatLeavesEndsTheCommandQuietly() {
    String line =
        "{\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"+12025550101\",\"Body\":\"a\"}}\n";
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var err = new ByteArrayOutputStream();
    var streams =
        new Streams(
            new ByteArrayInputStream(line.repeat(3).getBytes(UTF_8)),
            closed,
            new PrintWriter(err, true, UTF_8),
            false);
    int status = Main.run(new String[] {"simulate", "--jsonl"}, Map.of(), HOME, streams);
    assertThat(status).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void gradesLines() {
    Run run =
        dialog(
            """
            {"language":"en","prompt":"How long?\\na) 5 seconds\\nb) 20 seconds","correct_response":"b) 20 seconds","response":"I think b"}
            {"prompt":"How long?\\na) 5 seconds\\nb) 20 seconds","correct_response":"b) 20 seconds","response":"a"}
            {"language":"es","prompt":"¿Qué?","correct_response":"jabón","response":"Jabon!"}
            {"prompt":"What?","correct_response":["soap","detergent"],"response":"detergent"}
            {"prompt":"What?","correct_response":[],"response":"detergent"}
            """,
            "grade",
            "--jsonl");
    assertThat(run.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("{\"correct\":true,\"understood\":true,\"choice\":\"b\","),
            line ->
                assertThat(line)
                    .startsWith("{\"correct\":false,\"understood\":true,\"choice\":\"a\","),
            line ->
                assertThat(line)
                    .startsWith("{\"correct\":true,\"understood\":true,\"choice\":null,"),
            line -> assertThat(line).startsWith("{\"correct\":true,"),
            line -> assertThat(line).startsWith("{\"line\":5,").contains("correct_response"));
    assertThat(run.status()).isOne();
  }

  @Test
  void saysWhatAReplyToGradeLacks() {
    Run run =
        dialog(
            """
            {"prompt":"What?","response":"a"}
            {"language":"tlh","prompt":"What?","correct_response":"a","response":"a"}
            {"language":"English","prompt":"What?","correct_response":"a","response":"a"}
            {"prompt":"What?","correct_response":"","response":"secret"}
            """,
            "grade",
            "--jsonl");
    assertThat(run.lines().getFirst()).startsWith("{\"line\":1,").contains("correct_response");
    assertThat(run.lines().get(1)).startsWith("{\"line\":2,").contains("tlh", "en, es, fr, pt, zh");
    assertThat(run.lines().get(2)).startsWith("{\"line\":3,").contains("language");
    assertThat(run.lines()).hasSize(4);
    assertThat(run.out()).doesNotContain("secret");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void listsDrills() {
    Run run = dialog("", "drills", "list");
    assertThat(run.lines())
        .hasSize(5)
        .contains("01-washing-your-hands        7  en es fr pt zh    Washing your hands");
    assertThat(run.status()).isZero();
    assertThat(dialog("", "drills", "list", path("course")).out())
        .contains("01-soap         3  en es             Soap");
  }

  @Test
  void lintsDrills() throws IOException {
    assertThat(dialog("", "drills", "lint").lines().getLast()).startsWith("4 drills: ");
    Files.writeString(temp.resolve("drills.json"), "{\"a\":{}}");
    Run bad = dialog("", "drills", "lint", temp.toString());
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.out()).contains("drills.json:1").contains("error");
  }

  @Test
  void contentThatCannotBeTaughtIsAFailureWithItsPlace() throws IOException {
    Files.writeString(temp.resolve("drills.json"), "{\"a\":{}}");
    Run run = dialog("", "simulate", "--drills", temp.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("drills.json:1").doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "party, 'there is no command dialog party; there are aws-local, bench, completion, drills,'",
    "sevre, did you mean dialog serve?",
    "manage cdes, there is no command dialog manage cdes; did you mean dialog manage codes?",
    "serve --port http, is no whole number",
    "phone +12025550123 --url a|b, is no address",
    "bench, ./dialog bench",
    "simulate tlh, there is no language tlh",
    "simulate --drills /nowhere, /nowhere",
    "simulate --codes /nowhere, /nowhere",
    "simulate --nothing, Unknown option",
    "grade, --jsonl",
    "drills, list or lint",
    "drills lint /nowhere, /nowhere",
    "'', Missing required subcommand"
  })
  void badUsageIsSaidOnStandardErrorWithStatusTwo(String arguments, String reason) {
    Run run = dialog("", arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(reason).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void badCodesAreAFailure() throws IOException {
    Path codes = Files.writeString(temp.resolve("codes.json"), "{\"secret\": 5}");
    Run run = dialog("", "simulate", "--codes", codes.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("codes.json:1").doesNotContain("secret");
  }

  @Test
  void theEnvironmentNamesTheContent() {
    Map<String, String> environment = Map.of("DIALOG_CONTENT_DIR", path("course"));
    assertThat(dialog(new byte[0], environment, "drills", "list").out()).contains("02-masks");
    Run nowhere = dialog(new byte[0], Map.of("DIALOG_CONTENT_DIR", "/nowhere"), "simulate");
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err()).contains("/nowhere").contains("DIALOG_CONTENT_DIR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "simulate --help", "grade -h", "drills --help"})
  void helpIsAResult(String arguments) {
    Run run = dialog("", arguments.split(" "));
    assertThat(run.out()).startsWith("Usage: dialog");
    assertThat(run.status()).isZero();
  }

  /** A sentence that stands above a page of help is not read. */
  @Test
  void whatIsWrongWithAnArgumentIsSaidAlone() {
    assertThat(dialog("", "serve", "--port", "http").err().lines())
        .containsExactly(
            "dialog: Invalid value for option '--port': 'http' is no whole number, such as 10",
            "dialog serve --help says more.");
  }

  @Test
  void helpIsACommandToo() {
    Run run = dialog("", "help");
    assertThat(run.out()).isEqualTo(dialog("", "--help").out());
    assertThat(run.status()).isZero();
    assertThat(dialog("", "help", "phone").out()).startsWith("Usage: dialog phone");
  }

  @Test
  void shellsCompleteCommandsAndOptions() throws Exception {
    Run run = dialog("", "completion");
    assertThat(run.status()).isZero();
    Path script = Files.writeString(temp.resolve("completion"), run.out());
    String typed =
        """
        source "$1"
        COMP_WORDS=(./dialog manage cod) COMP_CWORD=2
        _complete_dialog
        echo "${COMPREPLY[@]}"
        COMP_WORDS=(./dialog serve --po) COMP_CWORD=2
        _complete_dialog
        echo "${COMPREPLY[@]}"
        """;
    Process bash = new ProcessBuilder("bash", "-c", typed, "bash", script.toString()).start();
    assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("codes\n--port\n");
  }

  @Test
  void helpNamesAllCommands() {
    assertThat(dialog("", "--help").out())
        .contains("simulate")
        .contains("grade")
        .contains("drills");
    assertThat(dialog("", "--version").out()).startsWith("dialog ");
  }

  private static Run dialog(String input, String... arguments) {
    return dialog(input.getBytes(UTF_8), Map.of(), arguments);
  }

  private static Run dialog(byte[] input, Map<String, String> environment, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var streams =
        new Streams(new ByteArrayInputStream(input), out, new PrintWriter(err, true, UTF_8), false);
    int status = Main.run(arguments, environment, HOME, streams);
    return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static String path(String resource) {
    return HOME + "/standalone/src/test/resources/co/stopcovid/standalone/" + resource;
  }

  private static String read(String resource) throws IOException {
    return Files.readString(Path.of(path(resource)));
  }
}

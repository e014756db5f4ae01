package co.stopcovid.standalone;

import co.stopcovid.standalone.serve.Service;
import co.stopcovid.standalone.simulate.TerminalScreen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Runs the commands once while the program is built, so that the classes they load can be kept in
 * the cache that ./dialog starts from.
 */
final class StartRehearsal {
  private static final String CONVERSATION = "acme\n2\nAna\nsoap\n/why\n/drills\nstop\nstart\n";
  private static final String COMMANDS =
      """
      {"type":"INBOUND_SMS","payload":{"From":"+12025550123","Body":"acme"}}
      {"seq":"2","type":"START_DRILL","payload":{"phone_number":"+12025550123","drill_slug":"x"}}
      """;
  private static final String REPLIES =
      """
      {"prompt":"What? a) this b) that","correct_response":"b) that","response":"b"}
      """;

  private StartRehearsal() {}

  public static void main(String[] args) {
    run(CONVERSATION, "simulate");
    run(CONVERSATION, "simulate", "es");
    run(COMMANDS, "simulate", "--jsonl");
    run(REPLIES, "grade", "--jsonl");
    run("", "drills", "list");
    run("", "--help");
    drawTerminal();
    serve();
    // What failed here is no failure of the build: the start is slower, and tests tell.
    System.exit(0);
  }

  private static void run(String input, String... command) {
    var nowhere = OutputStream.nullOutputStream();
    var streams =
        new Streams(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            nowhere,
            new PrintWriter(nowhere, false, StandardCharsets.UTF_8),
            false);
    Main.run(command, Map.of(), System.getProperty("dialog.home"), streams);
  }

  private static void drawTerminal() {
    try (Terminal terminal =
            TerminalBuilder.builder()
                .providers("jni")
                .streams(
                    new ByteArrayInputStream("acme\n".getBytes(StandardCharsets.UTF_8)),
                    OutputStream.nullOutputStream())
                .type("xterm-256color")
                .build();
        var screen = new TerminalScreen(terminal, true, List.of())) {
      screen.read();
      screen.note("…");
    } catch (IOException e) {
      // Without a pseudo terminal its classes are loaded when they are needed.
    }
  }

  /** Once up and down again, on data of its own. */
  @SuppressWarnings("CatchingUnchecked") // Where it cannot run, its classes are loaded later.
  private static void serve() {
    try {
      Path data = Files.createTempDirectory("rehearsal");
      try {
        Map<String, String> environment =
            Map.of("DIALOG_DATA_DIR", data.toString(), "DIALOG_PORT", "0");
        var wiring = new Wiring(Config.from(environment, System.getProperty("dialog.home")));
        Service.start(
                wiring.serviceConfig(Map.of()),
                () -> wiring.teaching(null),
                Map.of(),
                InstantSource.system())
            .close();
      } finally {
        delete(data);
      }
    } catch (Exception e) {
      System.err.println("serve was not rehearsed: " + e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

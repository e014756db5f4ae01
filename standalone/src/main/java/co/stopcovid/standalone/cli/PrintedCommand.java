package co.stopcovid.standalone.cli;

import co.stopcovid.standalone.serve.ServiceConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command as it is printed for people: pasted into another terminal of the same folder, it does
 * what is said of it, without the variables of this one.
 */
final class PrintedCommand {
  private static final Path USUAL_DATA = Path.of("./data");
  private static final URI USUAL_URL = URI.create("http://127.0.0.1:8080");
  private static final String PLAIN = "[A-Za-z0-9_./:+@%=,-]+";

  private final String program;
  private final List<String> data;
  private final List<String> url;

  /**
   * @param program how ./dialog was called
   * @param url where the service listens
   */
  PrintedCommand(String program, ServiceConfig config, URI url) {
    this.program = program;
    this.data = isUsual(config) ? List.of() : List.of("--data", config.dataDir().toString());
    this.url = url.equals(USUAL_URL) ? List.of() : List.of("--url", url.toString());
  }

  private static boolean isUsual(ServiceConfig config) {
    return config.dataDir().normalize().equals(USUAL_DATA.normalize());
  }

  /** A phone of the service, which needs its token. */
  String phone(String number) {
    List<String> words = new ArrayList<>(List.of("phone", number));
    words.addAll(url);
    words.addAll(data);
    return line(words);
  }

  /** A part of manage, which needs the service's data. */
  String manage(String... part) {
    List<String> words = new ArrayList<>(List.of("manage"));
    words.addAll(List.of(part));
    words.addAll(data);
    return line(words);
  }

  private String line(List<String> words) {
    return quoted(program)
        + " "
        + words.stream().map(PrintedCommand::quoted).collect(Collectors.joining(" "));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.standalone.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./dialog serve} as a process of its own, to be killed. */
final class ServiceProcess implements AutoCloseable {
  /** The exit status of a process that ended by SIGTERM, however gracefully. */
  static final int TERMINATED = 143;

  private static final Pattern LISTENS = Pattern.compile("listens on (http://\\S+)");

  private final Process process;
  private final Path out;
  private final Path err;

  private ServiceProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * @param directory for what it writes to its streams
   * @param environment all of it
   */
  static ServiceProcess start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Xlog:disable"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Ddialog.home=" + ServiceUnderTest.root());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("serve");
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "service", ".out");
    Path err = Files.createTempFile(directory, "service", ".err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().putAll(environment);
    return new ServiceProcess(builder.start(), out, err);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until it says where it listens. */
  URI url() throws Exception {
    Waiting.until("the service listens", () -> LISTENS.matcher(out()).find() || !process.isAlive());
    Matcher listens = LISTENS.matcher(out());
    if (!listens.find()) {
      throw new AssertionError(
          "the service ended with status %d: %s%s".formatted(process.waitFor(), out(), err()));
    }
    return URI.create(listens.group(1));
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kill -9. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /**
   * Asks it to stop.
   *
   * @return the exit status
   */
  int terminate(Duration patience) throws InterruptedException {
    process.destroy();
    return exit(patience);
  }

  int exit(Duration patience) throws InterruptedException {
    assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
        .as("ended within %s", patience)
        .isTrue();
    return process.exitValue();
  }

  /**
   * @param name such as STOP
   */
  void signal(String name) throws Exception {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertThat(status).isZero();
  }

  @Override
  public void close() {
    kill();
  }
}

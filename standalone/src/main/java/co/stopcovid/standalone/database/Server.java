package co.stopcovid.standalone.database;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One directory of PostgreSQL data, and the process that serves it. */
final class Server {
  static final String CLUSTER = "cluster";
  static final String PASSWORD = "postgres-password";

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final String USER = "dialog";
  private static final Duration INIT = Duration.ofMinutes(1);

  /** After a crash it first replays what was not written to the tables yet. */
  private static final Duration START = Duration.ofMinutes(2);

  private static final Duration STOP = Duration.ofSeconds(30);
  private static final int PORTS_TRIED = 5;
  private static final int LONGEST_LOG = 2_000;

  /** A process that serves the data on a port. */
  record Running(ProcessHandle process, int port) {}

  private final Path directory;
  private final Path cluster;
  private final Path startLog;
  private final ServerBinaries binaries;
  private final ServerAccount account;
  private final String password;

  Server(Path directory, ServerBinaries binaries, ServerAccount account, String password) {
    this.directory = directory;
    this.cluster = directory.resolve(CLUSTER);
    this.startLog = directory.resolve("postgres-start.log");
    this.binaries = binaries;
    this.account = account;
    this.password = password;
  }

  DatabaseUrl url(int port) {
    return url(port, password);
  }

  static DatabaseUrl url(int port, String password) {
    return new DatabaseUrl(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), USER, password);
  }

  void createCluster() throws IOException {
    if (Files.exists(cluster)) {
      checkVersion();
      account.give(directory, cluster);
      return;
    }
    // Renamed when complete, so that a half of it is never taken for the whole.
    Path creating = directory.resolve(CLUSTER + ".creating");
    ServerBinaries.deleteTree(creating);
    Files.createDirectory(creating);
    Path passwordFile = directory.resolve("postgres-password.init");
    Files.copy(
        directory.resolve(PASSWORD),
        passwordFile,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    account.give(directory, creating);
    account.give(directory, passwordFile);
    try {
      run(
          INIT,
          binaries.program("initdb").toString(),
          "--pgdata=" + creating,
          "--username=" + USER,
          "--pwfile=" + passwordFile,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale-provider=builtin",
          "--locale=C.UTF-8",
          "--no-instructions");
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(creating, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private void checkVersion() throws IOException {
    String found = Files.readString(cluster.resolve("PG_VERSION")).strip();
    String version = ServerBinaries.version();
    if (!version.startsWith(found + ".")) {
      throw new UnfitDatabaseException(
          "the data in %s are of PostgreSQL %s, but this program brings %s: upgrade them with pg_upgrade, or dump and restore them"
              .formatted(cluster, found, version));
    }
  }

  /** Goes on with a process that a killed service left behind, or starts one. */
  Running adoptOrStart() throws IOException {
    Optional<PostmasterPid> left = PostmasterPid.read(cluster);
    Optional<ProcessHandle> process = left.flatMap(pid -> pid.process(cluster));
    if (process.isPresent()) {
      int port = left.get().port();
      if (left.get().ready() && isAsWanted(port) && answers(port)) {
        LOG.info("going on with the PostgreSQL that was left running: pid={}", left.get().pid());
        return new Running(process.get(), port);
      }
      LOG.warn("stopping the PostgreSQL that was left running: pid={}", left.get().pid());
      stop(process.get());
    } else if (left.isPresent()) {
      removeStale(left.get());
    }
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      try {
        return new Running(start(port), port);
      } catch (UnfitDatabaseException e) {
        // Another program may have taken the port in between.
        if (attempt == PORTS_TRIED || !startMessages().contains("could not bind")) {
          throw e;
        }
      }
    }
  }

  /** Whether it runs with the settings of today, written beside the data when it was started. */
  private boolean isAsWanted(int port) throws IOException {
    Path options = directory.resolve("postgres-options");
    return Files.exists(options)
        && Files.readString(options).equals(String.join("\n", arguments(port)));
  }

  private boolean answers(int port) {
    var login = new Properties();
    login.setProperty("user", USER);
    login.setProperty("password", password);
    login.setProperty("loginTimeout", "3");
    login.setProperty("socketTimeout", "3");
    try (var connection = DriverManager.getConnection(url(port).jdbc(), login)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * PostgreSQL removes a dead server's file itself, unless the number in it belongs to some other
   * program by now. The file guards the data, so it goes only when nothing works on them.
   */
  private void removeStale(PostmasterPid left) throws IOException {
    long began = System.nanoTime();
    while (PostmasterPid.isInUse(cluster)) {
      if (System.nanoTime() - began > STOP.toNanos()) {
        throw new UnfitDatabaseException(
            "processes of an earlier PostgreSQL still work on %s: end them first"
                .formatted(cluster));
      }
      pause();
    }
    LOG.warn("removing the lock file of a dead PostgreSQL: pid={}", left.pid());
    Files.deleteIfExists(PostmasterPid.file(cluster));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts it and waits until it takes connections. */
  ProcessHandle start(int port) throws IOException {
    List<String> command = account.command(arguments(port));
    Files.writeString(directory.resolve("postgres-options"), String.join("\n", arguments(port)));
    Process process =
        new ProcessBuilder(command)
            .directory(cluster.toFile())
            .redirectErrorStream(true)
            .redirectOutput(startLog.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    long began = System.nanoTime();
    while (!isReady(process.pid())) {
      if (!process.isAlive()) {
        throw new UnfitDatabaseException(
            "the embedded PostgreSQL did not start: " + startMessages());
      }
      if (System.nanoTime() - began > START.toNanos()) {
        process.destroy();
        throw new UnfitDatabaseException(
            "the embedded PostgreSQL was not ready within %s: %s"
                .formatted(START, startMessages()));
      }
      pause();
    }
    return process.toHandle();
  }

  private boolean isReady(long pid) throws IOException {
    return PostmasterPid.read(cluster).filter(it -> it.pid() == pid && it.ready()).isPresent();
  }

  private List<String> arguments(int port) {
    List<String> arguments = new ArrayList<>();
    arguments.add(binaries.program("postgres").toString());
    arguments.add("-D");
    arguments.add(cluster.toString());
    ServerSettings.all(port)
        .forEach(
            (name, value) -> {
              arguments.add("-c");
              arguments.add(name + "=" + value);
            });
    return arguments;
  }

  /** What it last said; on one line, for a message. */
  private String startMessages() throws IOException {
    if (!Files.exists(startLog)) {
      return "";
    }
    String text = new String(Files.readAllBytes(startLog), StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.length() - LONGEST_LOG)).strip().replace('\n', ' ');
  }

  /** Stops it fast: connections are cut off, what is committed is written to the tables. */
  void stop(ProcessHandle process) throws IOException {
    if (process.isAlive()) {
      run(
          STOP.plusSeconds(5),
          binaries.program("pg_ctl").toString(),
          "stop",
          "--pgdata=" + cluster,
          "--mode=fast",
          "--wait",
          "--timeout=" + STOP.toSeconds(),
          "--silent");
    }
  }

  private void run(Duration atMost, String... program) throws IOException {
    Path output = directory.resolve("postgres-tool.log");
    Process process =
        new ProcessBuilder(account.command(List.of(program)))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new UnfitDatabaseException("%s did not end within %s".formatted(program[0], atMost));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    if (process.exitValue() != 0) {
      throw new UnfitDatabaseException(
          "%s failed: %s".formatted(program[0], Files.readString(output).strip()));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

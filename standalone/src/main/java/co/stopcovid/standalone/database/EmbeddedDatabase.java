package co.stopcovid.standalone.database;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import co.stopcovid.common.Backoff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that comes with the service: durable, reachable from this machine only and with a
 * password only, its data kept in a directory. If it dies while the service runs it is started
 * again. If the service dies, the next one goes on with the PostgreSQL that was left running.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final FileAttribute<?> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int PASSWORD_BYTES = 32;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

  private final FileChannel lockFile;
  private final Server server;
  private final String password;
  private volatile boolean closing;
  private ProcessHandle process;
  private final int port;

  private EmbeddedDatabase(FileChannel lockFile, Server server, String password)
      throws IOException {
    this.lockFile = lockFile;
    this.server = server;
    this.password = password;
    Server.Running running = server.adoptOrStart();
    this.process = running.process();
    this.port = running.port();
    watch();
  }

  /** Whether there are data in the directory; making them takes seconds. */
  public static boolean isSetUp(Path directory) {
    return Files.isDirectory(directory.resolve(Server.CLUSTER));
  }

  /**
   * Starts it on the data in the directory, or on new data if there are none.
   *
   * @throws UnfitDatabaseException when it cannot be started; the message says why
   */
  public static EmbeddedDatabase start(Path directory) {
    try {
      return start(directory, ServerAccount.find());
    } catch (IOException e) {
      throw new UnfitDatabaseException("the embedded PostgreSQL cannot be started: " + e, e);
    }
  }

  static EmbeddedDatabase start(Path directory, ServerAccount account) {
    try {
      Path absolute = directory.toAbsolutePath().normalize();
      if (!Files.exists(absolute)) {
        Files.createDirectories(absolute, PRIVATE_DIRECTORY);
      }
      Path real = absolute.toRealPath();
      FileChannel lock = lock(real);
      try {
        return start(real, account, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UnfitDatabaseException(FolderTrouble.sentence("DIALOG_DATA_DIR", directory, e), e);
    }
  }

  static EmbeddedDatabase start(Path directory, ServerAccount account, FileChannel lock)
      throws IOException {
    String password = password(directory);
    ServerBinaries binaries = ServerBinaries.in(directory);
    var server = new Server(directory, binaries, account, password);
    server.createCluster();
    return new EmbeddedDatabase(lock, server, password);
  }

  /**
   * Held while the service lives, however it dies. Whoever holds it may do with the PostgreSQL of
   * this directory as it likes.
   */
  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel = tryLock(directory);
    if (channel == null) {
      throw new UnfitDatabaseException(
          "another service runs on the data in %s: stop it, or set another DIALOG_DATA_DIR"
              .formatted(directory));
    }
    return channel;
  }

  /** Null when another service, or this very process, holds it. */
  static @Nullable FileChannel tryLock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    }
    if (lock == null) {
      channel.close();
      return null;
    }
    return channel;
  }

  /** Kept in a file that only its owner can read. */
  private static String password(Path directory) throws IOException {
    Path file = directory.resolve(Server.PASSWORD);
    if (!Files.exists(file)) {
      if (Files.exists(directory.resolve(Server.CLUSTER))) {
        throw new UnfitDatabaseException(
            "%s is missing, and without it the data beside it cannot be read".formatted(file));
      }
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      Path complete = directory.resolve("postgres-password.new");
      Files.deleteIfExists(complete);
      Files.createFile(complete, PRIVATE_FILE);
      Files.writeString(complete, HexFormat.of().formatHex(random));
      Files.move(complete, file);
    }
    return Files.readString(file).strip();
  }

  /** Where it is, for as long as this runs. */
  public DatabaseUrl url() {
    return server.url(port);
  }

  /** The process number, for tests that kill it. */
  public synchronized long pid() {
    return process.pid();
  }

  private synchronized void watch() {
    ProcessHandle watched = process;
    Thread.ofVirtual()
        .name("postgres-watch")
        .start(
            () -> {
              watched.onExit().join();
              startAgain();
            });
  }

  @SuppressWarnings("CatchingUnchecked") // The outermost loop of whoever keeps it running.
  private void startAgain() {
    for (int attempt = 1; !closing; attempt++) {
      LOG.error("the embedded PostgreSQL died and is started again: attempt={}", attempt);
      try {
        restart();
        return;
      } catch (UnfitDatabaseException e) {
        LOG.error("the embedded PostgreSQL cannot be started: reason={}", e.getMessage());
        pause(BACKOFF.after(attempt));
      } catch (Exception e) {
        LOG.error("the embedded PostgreSQL cannot be started", e);
        pause(BACKOFF.after(attempt));
      }
    }
  }

  private synchronized void restart() throws IOException {
    if (!closing) {
      process = server.start(port);
      watch();
    }
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it; what is committed is kept. Connections are cut off. */
  @Override
  public void close() {
    closing = true;
    synchronized (this) {
      try (lockFile) {
        server.stop(process);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "EmbeddedDatabase[port=%d, password of %d characters]"
        .formatted(port, password.length());
  }
}

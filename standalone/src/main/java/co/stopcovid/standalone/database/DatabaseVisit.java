package co.stopcovid.standalone.database;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service's PostgreSQL for a command that comes and goes. Where it is the embedded one and the
 * service runs, the visitor connects beside it; where the service does not run, PostgreSQL is
 * started for the visit, under the lock that keeps a service from starting meanwhile.
 */
public final class DatabaseVisit implements AutoCloseable {
  private static final int CONNECTIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final HikariDataSource connections;
  private final @Nullable DatabaseUrl external;
  private final @Nullable EmbeddedDatabase started;
  private final Database database;

  private DatabaseVisit(
      DatabaseUrl url, @Nullable DatabaseUrl external, @Nullable EmbeddedDatabase started) {
    this.connections = Connections.open(url, CONNECTIONS);
    this.external = external;
    this.started = started;
    this.database = new Database(connections);
  }

  /**
   * Connects.
   *
   * @param external null for the embedded PostgreSQL
   * @param dataDir of the embedded PostgreSQL
   * @throws UnfitDatabaseException when there is none, or no service has set it up; the message
   *     says what to do
   */
  public static DatabaseVisit open(@Nullable DatabaseUrl external, Path dataDir) {
    DatabaseVisit visit =
        external == null ? embedded(dataDir) : new DatabaseVisit(external, external, null);
    try {
      visit.checkSetUp();
      return visit;
    } catch (RuntimeException e) {
      visit.close();
      throw e;
    }
  }

  private static DatabaseVisit embedded(Path dataDir) {
    if (!EmbeddedDatabase.isSetUp(dataDir)) {
      RestoredDatabase.checkNoneCutShort(dataDir);
      throw new UnfitDatabaseException(
          "there are no data in %s: start the service once, or say where its data are with --data, DIALOG_DATA_DIR or"
                  .formatted(dataDir.toAbsolutePath().normalize())
              + " DIALOG_DATABASE_URL");
    }
    try {
      Path directory = dataDir.toRealPath();
      FileChannel lock = EmbeddedDatabase.tryLock(directory);
      return lock == null ? beside(directory) : alone(directory, lock);
    } catch (IOException e) {
      throw new UnfitDatabaseException(FolderTrouble.sentence("DIALOG_DATA_DIR", dataDir, e), e);
    }
  }

  private static DatabaseVisit alone(Path directory, FileChannel lock) throws IOException {
    EmbeddedDatabase database;
    try {
      database = EmbeddedDatabase.start(directory, ServerAccount.find(), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    return new DatabaseVisit(database.url(), null, database);
  }

  /** The service may just be starting it, or starting it again. */
  private static DatabaseVisit beside(Path directory) throws IOException {
    Path cluster = directory.resolve(Server.CLUSTER);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<PostmasterPid> running = running(cluster);
    while (running.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new UnfitDatabaseException(
            "a service holds the data in %s, but its PostgreSQL does not run".formatted(directory));
      }
      pause();
      running = running(cluster);
    }
    String password = Files.readString(directory.resolve(Server.PASSWORD)).strip();
    return new DatabaseVisit(Server.url(running.get().port(), password), null, null);
  }

  private static Optional<PostmasterPid> running(Path cluster) throws IOException {
    return PostmasterPid.read(cluster)
        .filter(PostmasterPid::ready)
        .filter(pid -> pid.process(cluster).isPresent());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnfitDatabaseException("interrupted while waiting for the PostgreSQL", e);
    }
  }

  /** The service migrates; a visitor that did would surprise one that runs. */
  private void checkSetUp() {
    boolean setUp;
    try {
      setUp =
          database.read(
              handle ->
                  handle
                      .createQuery("select to_regclass('flyway_schema_history') is not null")
                      .mapTo(Boolean.class)
                      .one());
    } catch (StorageException e) {
      throw explained(e);
    }
    if (!setUp) {
      throw new UnfitDatabaseException("the database is empty: start the service once");
    }
    Migrations.checkKnown(connections);
  }

  /** What failed in the visit, with what to do about it. */
  public UnfitDatabaseException explained(StorageException e) {
    return DatabaseTrouble.of(external, e);
  }

  public Database database() {
    return database;
  }

  @Override
  public void close() {
    connections.close();
    if (started != null) {
      started.close();
    }
  }
}

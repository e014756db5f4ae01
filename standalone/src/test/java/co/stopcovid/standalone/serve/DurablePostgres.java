package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One PostgreSQL for all tests of a run that a service accepts, since it loses nothing, with a
 * database for each.
 */
public final class DurablePostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private DurablePostgres() {}

  /** Started when it is first needed. */
  private static final class Shared {
    static final EmbeddedDatabase SERVER = start();

    private static EmbeddedDatabase start() {
      try {
        Path directory = Files.createTempDirectory("durable-postgres");
        EmbeddedDatabase server = EmbeddedDatabase.start(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, directory)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(EmbeddedDatabase server, Path directory) {
      server.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A new, empty database, as {@code DIALOG_DATABASE_URL} has it. */
  public static String newDatabase() {
    String name = "service_" + DATABASES.incrementAndGet();
    execute(Shared.SERVER.url(), "create database " + name);
    DatabaseUrl url = Shared.SERVER.url();
    return "%s?user=%s&password=%s"
        .formatted(url.jdbc().replaceAll("/postgres$", "/" + name), url.user(), url.password());
  }

  public static void execute(String url, String sql) {
    execute(DatabaseUrl.parse(url), sql);
  }

  private static void execute(DatabaseUrl url, String sql) {
    try (Connection connection = connect(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number that a query asks for. */
  static long number(DatabaseUrl url, String sql) {
    try (Connection connection = connect(url);
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Connection connect(DatabaseUrl url) throws SQLException {
    return url.user() == null
        ? DriverManager.getConnection(url.jdbc())
        : DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }
}

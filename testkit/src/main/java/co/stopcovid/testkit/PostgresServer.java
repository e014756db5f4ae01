package co.stopcovid.testkit;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One PostgreSQL for all tests of a run, with as many databases as they want. Made for speed: it
 * loses everything when the run ends, and some of it when it is killed.
 */
public final class PostgresServer {
  private static final String LOGIN = "?user=postgres&password=postgres";
  private static final Object LOCK = new Object();
  private static final Map<String, String> TEMPLATES = new HashMap<>();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  /** The library's own look-up refuses a class path that names the same archive twice. */
  private static InputStream binaries(String system, String machine) throws IOException {
    String name =
        "postgres-%s-%s.txz"
            .formatted(system.toLowerCase(Locale.ROOT), ArchUtils.normalize(machine));
    InputStream archive = PostgresServer.class.getClassLoader().getResourceAsStream(name);
    return archive != null
        ? archive
        : DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
  }

  /** Started when it is first needed. */
  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setPgBinaryResolver(PostgresServer::binaries)
            .setLocaleConfig("locale", "C")
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "128MB")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * The JDBC URL, with the login in it, of a new database that others do not see.
   *
   * @param shape names what the database holds at first, such as {@code dialog}
   * @param prepare fills an empty database, given its URL; done once for each shape
   */
  public static String newDatabase(String shape, Consumer<String> prepare) {
    String name = "test_" + DATABASES.incrementAndGet();
    synchronized (LOCK) {
      String template =
          TEMPLATES.computeIfAbsent(
              shape,
              missing -> {
                String empty = "template_" + DATABASES.incrementAndGet();
                execute("create database " + empty);
                prepare.accept(url(empty));
                return empty;
              });
      execute("create database %s template %s strategy file_copy".formatted(name, template));
    }
    return url(name);
  }

  private static void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s%s"
        .formatted(Shared.SERVER.getPort(), database, LOGIN);
  }
}

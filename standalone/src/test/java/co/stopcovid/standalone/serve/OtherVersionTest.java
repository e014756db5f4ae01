package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseCopy;
import co.stopcovid.adapters.postgres.DatabaseRestore;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.database.RestoredDatabase;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.Fault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copy of the embedded PostgreSQL goes to an earlier version's binaries, is taught on there, and
 * comes back: each time all is compared. The build puts those binaries into the folder.
 */
@EnabledOnOs(OS.LINUX)
class OtherVersionTest {
  private static final Path BINARIES =
      ServiceUnderTest.root().resolve("standalone/target/other-postgres");
  private static final String ANA = "+12025550101";
  private static final String BEN = "+12025550102";

  @TempDir private Path directory;

  private final TestClock clock = new TestClock(ServiceUnderTest.MORNING);

  @Test
  void aCopyGoesToAnotherVersionAndBack() throws Exception {
    Path there = directory.resolve("there.zip");
    Path back = directory.resolve("back.zip");
    try (var other = otherVersion()) {
      String url =
          "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&password=postgres"
              .formatted(other.getPort());
      String ours = aDaysWork();
      copy(ours, there);
      restore(there, url);
      assertThat(version(url)).isNotEqualTo(version(ours));
      Map<String, List<String>> all = everything(ours);
      assertThat(all.get("users")).hasSize(3);
      assertThat(everything(url)).isEqualTo(all);

      try (var service = ServiceUnderTest.start(clock, Map.of("DIALOG_DATABASE_URL", url))) {
        service.webhooks.receive("SM" + "c".repeat(32), ANA, "Ana");
        service.assertAnswered(ANA, 0, "Thank you Ana", "Water alone");
      }
      copy(url, back);
      all = everything(url);
      Path data = directory.resolve("data");
      try (var copy = new DatabaseRestore(back)) {
        RestoredDatabase.make(data, copy);
      }
      try (var database = EmbeddedDatabase.start(data)) {
        DatabaseUrl embedded = database.url();
        assertThat(
                everything(
                    "%s?user=%s&password=%s"
                        .formatted(embedded.jdbc(), embedded.user(), embedded.password())))
            .isEqualTo(all);
      }
    }
  }

  /** Something in as many tables as a test gets to. */
  private String aDaysWork() throws Exception {
    try (var service = ServiceUnderTest.start(clock, Map.of())) {
      service.exchange(ANA, "acme", "Hygiene course");
      service.exchange(ANA, "1", "Welcome!", "What is your first name?");
      service.exchange(BEN, "acme", "Hygiene course");
      service.twilio.script(BEN, Fault.UNVERIFIED);
      service.says(BEN, "1");
      service.says("+12025550103", "\u4f60\u597d \\N \t \\ \"é\"");
      service.settle();
      return service.url;
    }
  }

  private static EmbeddedPostgres otherVersion() throws IOException {
    byte[] archive = archive();
    return EmbeddedPostgres.builder()
        .setPgBinaryResolver((system, machine) -> new ByteArrayInputStream(archive))
        .setLocaleConfig("locale", "C")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .start();
  }

  private static byte[] archive() throws IOException {
    try (Stream<Path> jars = Files.list(BINARIES);
        FileSystem jar = FileSystems.newFileSystem(jars.findFirst().orElseThrow());
        Stream<Path> files = Files.list(jar.getPath("/"))) {
      return Files.readAllBytes(
          files.filter(file -> file.toString().endsWith(".txz")).findFirst().orElseThrow());
    }
  }

  private static void copy(String url, Path file) throws IOException {
    try (var connections = Connections.open(DatabaseUrl.parse(url), 1)) {
      DatabaseCopy.write(new Database(connections), file, ServiceUnderTest.MORNING);
    }
  }

  private static void restore(Path file, String url) {
    try (var copy = new DatabaseRestore(file)) {
      copy.into(DatabaseUrl.parse(url));
    }
  }

  private static int version(String url) throws SQLException {
    return Integer.parseInt(texts(url, "select current_setting('server_version_num')").getFirst());
  }

  /** The rows of every table, computed columns too, and where every sequence stands. */
  private static Map<String, List<String>> everything(String url) throws SQLException {
    Map<String, List<String>> all = new TreeMap<>();
    String tables =
        """
        select quote_ident(tablename) from pg_tables
        where schemaname = 'public' and tablename <> 'flyway_schema_history'
        """;
    for (String table : texts(url, tables)) {
      all.put(table, texts(url, "select to_jsonb(t)::text from %s t".formatted(table)));
      all.get(table).sort(null);
    }
    all.put(
        "migrations",
        texts(
            url, "select version || ' ' || checksum from flyway_schema_history order by version"));
    all.put(
        "sequences",
        texts(
            url,
            "select sequencename || ' ' || coalesce(last_value, 0) from pg_sequences order by 1"));
    return all;
  }

  private static List<String> texts(String url, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (var connection = DurablePostgres.connect(DatabaseUrl.parse(url));
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}

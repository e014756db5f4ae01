package co.stopcovid.standalone.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** One for all tests, since making one takes seconds. Each test leaves it running. */
  @TempDir private static Path directory;

  private static EmbeddedDatabase database;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void nothingThatMakesItDurableIsOff() throws SQLException {
    Map<String, String> settings = new TreeMap<>();
    try (var rows =
        connect(database.url())
            .createStatement()
            .executeQuery(
                """
                select name, setting from pg_settings where name in
                ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses')
                """)) {
      while (rows.next()) {
        settings.put(rows.getString(1), rows.getString(2));
      }
    }
    assertThat(settings)
        .isEqualTo(
            Map.of(
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "listen_addresses", "127.0.0.1"));
  }

  /** As containers run programs: initdb refuses a user whose id stands in no list. */
  @Test
  void aUserWithoutANameRunsThemAsNobodyLikeRoot() throws IOException {
    assertThat(ServerAccount.find("?")).isEqualTo(ServerAccount.find("root"));
    assertThat(ServerAccount.find("ana").otherUser()).isFalse();
    assertThat(ServerAccount.find("ana").prefix()).doesNotContain("unshare", "setpriv");
  }

  @Test
  void nobodyComesInWithoutThePassword() {
    DatabaseUrl url = database.url();
    assertThatThrownBy(() -> connect(new DatabaseUrl(url.jdbc(), url.user(), "wrong")).close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
    assertThatThrownBy(() -> connect(new DatabaseUrl(url.jdbc(), url.user(), null)).close())
        .isInstanceOf(SQLException.class);
  }

  @Test
  void thePasswordIsInAFileThatOnlyTheOwnerCanRead() throws IOException {
    Path file = directory.resolve("postgres-password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).isEqualTo(database.url().password()).hasSize(64);
    assertThat(database.toString()).doesNotContain(Files.readString(file));
  }

  @Test
  void whatWasCommittedIsThereAfterAStop() throws SQLException {
    execute("create table stopped as select 1 as n");
    database.close();

    database = EmbeddedDatabase.start(directory);

    assertThat(count("stopped")).isEqualTo(1);
  }

  @Test
  void aKilledServerIsStartedAgainOnTheSamePortWithAllThatWasCommitted() throws Exception {
    execute("create table killed (n int)");
    DatabaseUrl url = database.url();
    for (int round = 1; round <= 2; round++) {
      execute("insert into killed values (1)");
      long pid = database.pid();
      kill(pid);
      awaitOtherProcess(pid);

      assertThat(database.url()).isEqualTo(url);
      assertThat(count("killed")).isEqualTo(round);
    }
  }

  /** As after kill -9 of the service: its lock is gone, the PostgreSQL goes on. */
  @Test
  void aServerThatWasLeftRunningIsTakenOver() throws Exception {
    database.close();
    long left = leaveRunning();

    database = EmbeddedDatabase.start(directory);

    assertThat(database.pid()).isEqualTo(left);
    assertThat(count("pg_class")).isPositive();
    kill(left);
    awaitOtherProcess(left);
    assertThat(count("pg_class")).isPositive();
  }

  @Test
  void aServerThatWasLeftRunningWithOtherSettingsIsStartedAnew() throws Exception {
    database.close();
    long left = leaveRunning();
    Files.writeString(directory.resolve("postgres-options"), "of an earlier release");

    database = EmbeddedDatabase.start(directory);

    assertThat(database.pid()).isNotEqualTo(left);
    assertThat(count("pg_class")).isPositive();
  }

  @Test
  void theLockFileOfADeadServerIsNoHindrance() throws Exception {
    database.close();
    Path lockFile = directory.resolve("cluster/postmaster.pid");
    long other = ProcessHandle.current().pid();
    for (String stale : List.of("999999999\n", other + "\n", "", "1\n" + directory + "/cluster")) {
      Files.writeString(lockFile, stale);

      database = EmbeddedDatabase.start(directory);

      assertThat(count("pg_class")).isPositive();
      database.close();
    }
    database = EmbeddedDatabase.start(directory);
  }

  @Test
  void aSecondServiceOnTheSameDataIsRefused() {
    assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
        .isInstanceOf(UnfitDatabaseException.class)
        .hasMessageContaining("another service runs on the data");
  }

  @Test
  void dataOfAnotherVersionAreRefused() throws IOException {
    database.close();
    Path version = directory.resolve("cluster/PG_VERSION");
    String right = Files.readString(version);
    Files.writeString(version, "12\n");

    assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
        .isInstanceOf(UnfitDatabaseException.class)
        .hasMessageContaining("of PostgreSQL 12");

    Files.writeString(version, right);
    database = EmbeddedDatabase.start(directory);
  }

  @Test
  void aHalfMadeClusterIsMadeAnew(@TempDir Path other) throws IOException {
    Files.createSymbolicLink(
        other.resolve("postgres-" + ServerBinaries.version()),
        directory.resolve("postgres-" + ServerBinaries.version()));
    Files.createDirectories(other.resolve("cluster.creating/base"));

    try (EmbeddedDatabase made = EmbeddedDatabase.start(other)) {
      assertThat(made.pid()).isPositive();
    }
  }

  /** As in a container whose root may make no user namespaces. */
  @Test
  void rootRunsItAsAnotherUserWhereNamespacesAreForbidden(@TempDir Path other) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "others need no help");
    for (int start = 1; start <= 2; start++) {
      try (var made = EmbeddedDatabase.start(other, ServerAccount.otherUser(List.of()))) {
        assertThat(Files.getAttribute(Path.of("/proc/" + made.pid()), "unix:uid"))
            .isEqualTo(65_534);
        connect(made.url()).close();
      }
    }
  }

  @Test
  void aStartOnExistingDataIsQuick() {
    database.close();
    Instant before = Instant.now();
    database = EmbeddedDatabase.start(directory);

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  private void awaitOtherProcess(long pid) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (database.pid() == pid) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(20);
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect(database.url())) {
      connection.createStatement().execute(sql);
    }
  }

  private int count(String table) throws SQLException {
    try (Connection connection = connect(database.url());
        var row = connection.createStatement().executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  /** The process of a PostgreSQL whose service was killed. */
  private static long leaveRunning() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String name = EmbeddedDatabaseTest.class.getName();
    Process service =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), name, directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = service.inputReader()) {
      long pid = Long.parseLong(output.readLine());
      service.destroyForcibly();
      assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(ProcessHandle.of(pid)).isPresent();
      return pid;
    }
  }

  /** The service that is killed. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println(EmbeddedDatabase.start(Path.of(args[0])).pid());
    Thread.sleep(PATIENCE);
  }
}

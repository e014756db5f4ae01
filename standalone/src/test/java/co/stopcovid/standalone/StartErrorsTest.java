package co.stopcovid.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.serve.DurablePostgres;
import co.stopcovid.testkit.PostgresServer;
import co.stopcovid.testkit.twilio.FakeTwilio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is in the way of {@code dialog serve} is said in one line, with an exit status and without a
 * stack trace; the log says nothing beside it.
 */
@Isolated("it takes over the standard error of the process")
class StartErrorsTest {
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();

  private int serve() {
    return run("serve");
  }

  private int run(String... arguments) {
    environment.putIfAbsent("DIALOG_DATA_DIR", directory.resolve("data").toString());
    environment.putIfAbsent("DIALOG_PORT", "0");
    PrintStream before = System.err;
    // What is logged goes to standard error too.
    try (var log = new PrintStream(err, true, UTF_8)) {
      System.setErr(log);
      var streams =
          new Streams(InputStream.nullInputStream(), out, new PrintWriter(err, true, UTF_8), false);
      return assertTimeoutPreemptively(
          PATIENCE,
          () -> Main.run(arguments, environment, System.getProperty("project.root"), streams));
    } finally {
      System.setErr(before);
    }
  }

  private void assertRefused(int status, String line) {
    assertThat(serve()).isEqualTo(status);
    assertThat(err.toString(UTF_8).lines().toList())
        .singleElement()
        .asString()
        .matches("dialog: " + line);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void thePortIsTaken() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("DIALOG_PORT", Integer.toString(other.getLocalPort()));
      environment.put("DIALOG_DATABASE_URL", DurablePostgres.newDatabase());
      assertRefused(
          FAILED,
          "nothing can listen on 127.0.0.1 port %d .*DIALOG_PORT, such as \\d+"
              .formatted(other.getLocalPort()));
    }
  }

  private void twilio(FakeTwilio twilio, String token) {
    environment.put("DIALOG_PUBLIC_URL", "https://dialog.example.org");
    environment.put("TWILIO_ACCOUNT_SID", FakeTwilio.ACCOUNT_SID);
    environment.put("TWILIO_AUTH_TOKEN", token);
    environment.put("TWILIO_MESSAGING_SERVICE_SID", FakeTwilio.SERVICE_SID);
    environment.put("TWILIO_API_URL", twilio.url().toString());
    // What comes after it is in the way, too, so that nothing is started here.
    environment.put("DIALOG_DATABASE_URL", "postgresql://ana:open-sesame@db.invalid:5432/x");
  }

  @Test
  void theProviderDoesNotKnowTheToken() {
    try (var twilio = new FakeTwilio(InstantSource.system())) {
      twilio(twilio, "11111111111111111111111111111111");
      assertRefused(
          FAILED,
          "(?!.*1111111)the provider refuses the account of TWILIO_ACCOUNT_SID: .*20003.*TWILIO_AUTH_TOKEN.*--offline.*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspended", "closed"})
  void theAccountIsNotActive(String status) {
    try (var twilio = new FakeTwilio(InstantSource.system())) {
      twilio(twilio, FakeTwilio.AUTH_TOKEN);
      twilio.account(status, "Full");
      assertRefused(FAILED, "the provider refuses .*the account is %s.*".formatted(status));
    }
  }

  /** The database is told of, so that the account was none. */
  @Test
  void offlineTheAccountIsNotAskedAbout() {
    try (var twilio = new FakeTwilio(InstantSource.system())) {
      twilio(twilio, "11111111111111111111111111111111");
      assertThat(run("serve", "--offline")).isEqualTo(FAILED);
      assertThat(err.toString(UTF_8)).contains("db.invalid").doesNotContain("provider");
    }
  }

  @Test
  void anOutageOfTheProviderIsNotInTheWay() {
    try (var twilio = new FakeTwilio(InstantSource.system())) {
      twilio(twilio, FakeTwilio.AUTH_TOKEN);
    }
    assertThat(serve()).isEqualTo(FAILED);
    assertThat(err.toString(UTF_8))
        .contains("WARN", "does not say whether it takes our messages", "db.invalid");
  }

  @Test
  void theDatabaseIsNotThere() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    environment.put(
        "DIALOG_DATABASE_URL", "postgresql://ana:open-sesame@127.0.0.1:%d/none".formatted(port));
    assertRefused(
        FAILED,
        "(?!.*open-sesame)no database answers at 127\\.0\\.0\\.1:%d, where DIALOG_DATABASE_URL.*"
            .formatted(port));
  }

  @Test
  void theHostOfTheDatabaseIsNotKnown() {
    environment.put("DIALOG_DATABASE_URL", "postgresql://ana:open-sesame@db.invalid:5432/x");
    assertRefused(FAILED, "(?!.*open-sesame)DIALOG_DATABASE_URL names the host db\\.invalid,.*");
    assertManageSaysTheSame();
  }

  @Test
  void thereIsNoSuchDatabase() {
    environment.put(
        "DIALOG_DATABASE_URL",
        DurablePostgres.newDatabase().replaceFirst("/service_\\d+\\?", "/Other?"));
    assertRefused(FAILED, "there is no database Other at .*create database \"Other\".*");
    assertManageSaysTheSame();
  }

  @Test
  void theRoleHasNotTheRights() {
    String url = DurablePostgres.newDatabase();
    DurablePostgres.execute(url, "create role \"weak-role\" login password 'open-sesame'");
    String weak = url.replaceFirst("user=\\w+&password=.*", "user=weak-role&password=open-sesame");
    environment.put("DIALOG_DATABASE_URL", weak);
    assertRefused(
        FAILED,
        "(?!.*open-sesame)the role weak-role of DIALOG_DATABASE_URL has not the rights .*: .*run grant .*; grant .*;");
    String statements = err.toString(UTF_8).strip().replaceFirst(".*run (?=grant)", "");
    DurablePostgres.execute(url, statements);
    Migrations.migrate(DatabaseUrl.parse(weak));
  }

  @Test
  void theDatabaseDoesNotLetUsIn() {
    environment.put(
        "DIALOG_DATABASE_URL",
        DurablePostgres.newDatabase().replaceFirst("password=.*", "password=open-sesame"));
    assertRefused(
        FAILED, "(?!.*open-sesame)the database at .* does not take the password of .*%40.*");
    assertManageSaysTheSame();
  }

  /** Of the same database; its list of codes is as good as any part. */
  private void assertManageSaysTheSame() {
    String served = err.toString(UTF_8);
    err.reset();
    assertThat(run("manage", "codes", "list")).isEqualTo(FAILED);
    assertThat(err.toString(UTF_8)).isEqualTo(served);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 'DIALOG_HOST is 192\\.0\\.2\\.1, which is no address of this machine.*127\\.0\\.0\\.1.*'",
    "nowhere.invalid, 'DIALOG_HOST is nowhere\\.invalid, which is no name.*127\\.0\\.0\\.1'"
  })
  void theAddressIsNotThisMachines(String host, String line) {
    environment.put("DIALOG_HOST", host);
    environment.put("DIALOG_DATABASE_URL", DurablePostgres.newDatabase());
    assertRefused(FAILED, line);
  }

  @Test
  void theDataDirectoryCannotBeMade() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    environment.put("DIALOG_DATA_DIR", file.resolve("data").toString());
    assertRefused(
        FAILED,
        "DIALOG_DATA_DIR is %s/data, but %s is no folder: .*\\./data".formatted(file, file));
  }

  @Test
  void aMisspeltVariableIsAWarning() {
    environment.put("DIALOG_PROT", "8080");
    environment.put("TWILIO_AUTH_TOKN", "x");
    environment.put("TWILIO_REGION", "ie1");
    environment.put("DIALOG_OK", "0");
    run("drills", "list");
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "dialog: warning: there is no setting DIALOG_PROT, so it is not used; did you mean"
                + " DIALOG_PORT?",
            "dialog: warning: there is no setting TWILIO_AUTH_TOKN, so it is not used; did you mean"
                + " TWILIO_AUTH_TOKEN?");
  }

  @Test
  void theDatabaseCouldLoseWhatWasCommitted() {
    environment.put("DIALOG_DATABASE_URL", PostgresServer.newDatabase("empty", empty -> {}));
    assertRefused(FAILED, ".*fsync=off.*set fsync=on");
  }

  @Test
  void theDatabaseDoesNotWaitForItsDisk() {
    String url = DurablePostgres.newDatabase();
    String name = url.replaceFirst(".*/(\\w+)\\?.*", "$1");
    DurablePostgres.execute(url, "alter database %s set synchronous_commit = off".formatted(name));
    environment.put("DIALOG_DATABASE_URL", url);
    assertRefused(FAILED, ".*synchronous_commit=off.*set synchronous_commit=on");
  }

  @Test
  void theDataAreInUse() {
    try (var other = EmbeddedDatabase.start(directory.resolve("data"))) {
      assertRefused(FAILED, "another service runs on the data in .*DIALOG_DATA_DIR");
      assertThat(other.pid()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DIALOG_PORT, http",
    "DIALOG_PORT, 65536",
    "DIALOG_SMS_GAP, soon",
    "DIALOG_SMS_RATE, 0",
    "DIALOG_PUBLIC_URL, dialog.example.org",
    "DIALOG_DATABASE_URL, mysql://localhost/x",
    "DIALOG_PUBLIC_URL, https://dialog.example.org/?a=b",
    "DIALOG_LOG, xml",
    "DIALOG_LOG_LEVEL, warning",
    "DIALOG_API_TOKEN, short",
    "DIALOG_API_TOKEN, abcdefgh12",
    "DIALOG_API_TOKEN, a token with spaces in it",
    "DIALOG_ADMIN_PASSWORD, short",
    "DIALOG_TIME_ZONE, Nowhere",
    "DIALOG_KEEP_COMMANDS, 1h",
    "DIALOG_START_WINDOW, 40h",
    "DIALOG_REMIND_AFTER, often",
    "DIALOG_REMIND_AFTER, '3d,4h'",
    "DIALOG_INITIATOR_INTERVAL, 0s",
    "REGISTRATION_VALIDATION_URL, ftp://codes.example.org",
    "TWILIO_API_URL, nowhere",
    "REGISTRATION_VALIDATION_KEY, a-key",
    "TWILIO_ACCOUNT_SID, SK00000000000000000000000000000001",
    "TWILIO_MESSAGING_SERVICE_SID, +12025550100",
    "DIALOG_CODE_TRIES, -1",
    "DIALOG_SENDING_FROM, 22:00",
  })
  void aVariableIsWrong(String name, String value) {
    environment.putAll(
        Map.of(
            "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
            "TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef",
            "TWILIO_MESSAGING_SERVICE_SID", "MG00000000000000000000000000000001",
            "DIALOG_PUBLIC_URL", "https://dialog.example.org"));
    environment.put(name, value);
    assertRefused(
        BAD_USAGE, "(?!.*PT)" + name + "\\b.*(such as|leave it out|begins with|which is| or ).*");
  }

  /** Before a PostgreSQL is set up, which takes seconds. */
  @Test
  void thereIsNoSuchFolderOfDrills() {
    environment.put("DIALOG_CONTENT_DIR", directory.resolve("nowhere").toString());
    assertRefused(BAD_USAGE, "there is no content folder .*nowhere; name one with .*");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void aPartOfTwilioIsMissing() {
    environment.put("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001");
    assertRefused(BAD_USAGE, "Twilio needs .*TWILIO_AUTH_TOKEN.*");
  }

  @Test
  void twilioDoesNotKnowWhereWeAre() {
    environment.putAll(
        Map.of(
            "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
            "TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef",
            "TWILIO_MESSAGING_SERVICE_SID", "MG00000000000000000000000000000001"));
    assertRefused(BAD_USAGE, "Twilio needs DIALOG_PUBLIC_URL.*");
  }

  @Test
  void theTokenFileHoldsNoToken() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("api-token"), "edited");
    assertRefused(FAILED, ".*api-token.*16 to 1000.*");
  }

  @Test
  void theContentCannotBeTaughtFrom() throws IOException {
    Files.writeString(
        directory.resolve("drills.json"),
        """
        {"01-x":{"name":"X","slug":"01-x","prompts":[
          {"slug":"one","messages":[{"text":"{{nowhere}}"}]}]}}
        """);
    environment.put("DIALOG_DATABASE_URL", DurablePostgres.newDatabase());
    environment.put("DIALOG_CONTENT_DIR", directory.toString());
    assertThat(serve()).isEqualTo(FAILED);
    assertThat(err.toString(UTF_8))
        .startsWith("The content cannot be taught from:")
        .contains("drills.json")
        .contains("nowhere")
        .doesNotContain("\tat ");
  }
}

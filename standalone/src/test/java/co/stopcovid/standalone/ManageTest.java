package co.stopcovid.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.adapters.postgres.PostgresMessageLog;
import co.stopcovid.adapters.postgres.PostgresOutboundLedger;
import co.stopcovid.adapters.postgres.PostgresOutboundQueue;
import co.stopcovid.adapters.postgres.PostgresRegistrationCodes;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.PostgresServer;
import co.stopcovid.testkit.Samples;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dialog manage} from its arguments to what is in the database. */
class ManageTest {
  private static final String HOME = System.getProperty("project.root");
  private static final PhoneNumber ANA = new PhoneNumber("+12025550123");

  record Run(int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  @TempDir private Path temp;

  final String url = PostgresServer.newDatabase("managed", ManageTest::migrate);
  private final HikariDataSource connections = Connections.open(DatabaseUrl.parse(url), 3);
  final Database database = new Database(connections);
  private final PostgresDeadLetters letters = new PostgresDeadLetters(database);

  private static void migrate(String url) {
    Migrations.migrate(DatabaseUrl.parse(url));
  }

  @AfterEach
  void close() {
    connections.close();
  }

  /** As somebody does who looks after the service. */
  Run manage(String... arguments) {
    return onTheDatabase(arguments);
  }

  private Run onTheDatabase(String... arguments) {
    return dialog(Map.of("DIALOG_DATABASE_URL", url), arguments);
  }

  static Run dialog(Map<String, String> environment, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var streams =
        new Streams(
            new ByteArrayInputStream(new byte[0]), out, new PrintWriter(err, true, UTF_8), false);
    String[] all = new String[arguments.length + 1];
    all[0] = "manage";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int status = Main.run(all, environment, HOME, streams);
    return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private long letter(String source, String sourceId, String payload) {
    letters.add(List.of(new DeadLetter(source, sourceId, payload, "no such\ndrill", Samples.NOON)));
    return letters.after(0, 100).getLast().id();
  }

  private List<String> commands() {
    try (var log = new PostgresCommandLog(database, () -> {})) {
      return log.after(0, 100).stream().map(PostgresCommandLog.Entry::payload).toList();
    }
  }

  @Test
  void deadLettersAreListedShownAndDropped() {
    String payload = CommandCodec.encode(new ReceiveSms(ANA, "secret"));
    long id = letter(DeadLetter.COMMANDS, "17", payload);

    Run list = manage("dead-letters", "list");
    assertThat(list.status()).isZero();
    assertThat(list.lines()).hasSize(2);
    assertThat(list.lines().getLast())
        .startsWith(id + " ")
        .contains("commands", "17", "no such drill")
        .doesNotContain("secret");
    assertThat(manage("dead-letters", "list", "--json").lines())
        .singleElement()
        .satisfies(
            line -> assertThat(Json.parse(line).path("reason").stringValue()).contains("drill"));
    Run show = manage("dead-letters", "show", Long.toString(id));
    assertThat(Json.parse(show.out().strip()).path("payload").stringValue()).isEqualTo(payload);
    assertThat(manage("dead-letters", "list", "--after", Long.toString(id)).lines()).hasSize(1);

    assertThat(manage("dead-letters", "drop", Long.toString(id)).status()).isZero();
    assertThat(letters.find(id)).isEmpty();
    assertThat(manage("dead-letters", "drop", Long.toString(id)).status()).isEqualTo(1);
    assertThat(manage("dead-letters", "show", Long.toString(id)).err()).contains("no dead letter");
    assertThat(commands()).isEmpty();
  }

  @Test
  void aDeadLetterIsRedrivenOnce() {
    String payload = CommandCodec.encode(new ReceiveSms(ANA, "hi"));
    long id = letter(DeadLetter.COMMANDS, "17", payload);

    Run first = manage("dead-letters", "redrive", Long.toString(id));
    assertThat(first.status()).isZero();
    assertThat(first.out()).contains("is command 1");
    assertThat(manage("dead-letters", "redrive", Long.toString(id)).status()).isEqualTo(1);
    assertThat(commands()).containsExactly(payload);
    assertThat(letters.after(0, 10)).isEmpty();
  }

  /** As after a kill between the two steps of a redrive. */
  @Test
  void aRedriveThatWasCutShortCanBeRepeated() {
    var command = new ReceiveSms(ANA, "hi");
    long id = letter(DeadLetter.COMMANDS, "17", CommandCodec.encode(command));
    try (var log = new PostgresCommandLog(database, () -> {})) {
      log.append(List.of(new NewCommand(command, "dead letter " + id)));
    }

    assertThat(manage("dead-letters", "redrive", "--all").status()).isZero();
    assertThat(commands()).hasSize(1);
    assertThat(letters.after(0, 10)).isEmpty();
  }

  @Test
  void whatIsNoCommandStaysADeadLetter() {
    long form = letter("twilio", "SM1", "From=12&Body=secret");
    letter(DeadLetter.COMMANDS, "17", CommandCodec.encode(new ReceiveSms(ANA, "hi")));

    Run run = manage("dead-letters", "redrive", "--all");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("dead letter " + form, "twilio").doesNotContain("secret");
    assertThat(commands()).hasSize(1);
    assertThat(letters.after(0, 10))
        .singleElement()
        .satisfies(left -> assertThat(left.id()).isEqualTo(form));
  }

  @Test
  void progressIsRebuiltFromTheEvents() {
    var versions = new PostgresDrillVersions(database, Samples.TABLES);
    var story = LearnerStory.ofSomeone().registers("Acme");
    List<EventBatch> batches = story.batches();
    new PostgresDialogStore(database, versions)
        .commit(List.of(new DialogCommit(0, story.state(), batches)));

    Run first = manage("rebuild");
    assertThat(first.status()).isZero();
    assertThat(first.out()).contains("1 event batches", "1 learners put right", "0 left");
    assertThat(manage("rebuild").out()).contains("0 learners put right");

    String number = story.phone().value();
    assertThat(manage("learners", "list").lines())
        .hasSize(2)
        .last()
        .satisfies(line -> assertThat(line).contains(number, "Acme", "registered", "0/"));
    assertThat(manage("learners", "list", "--company", "Other", "--json").out()).isEmpty();
    assertThat(manage("learners", "list", "--silent", "--json").out()).isEmpty();
    assertThat(manage("learners", "list", "--silent", "--company", "Acme").err())
        .contains("silent: cannot be asked for together with company");
    assertThat(manage("learners", "show", number).out())
        .contains("drill      01-")
        .contains(number);
    String other = "+12025550199";
    assertThat(manage("learners", "link", number, other).status()).isZero();
    assertThat(manage("learners", "link", number, other).status()).isZero();
    assertThat(
            Json.parse(manage("learners", "show", other, "--json").out().strip())
                .path("phone_numbers")
                .size())
        .isEqualTo(2);
    assertThat(manage("learners", "link", "+12025550198", other).status()).isEqualTo(1);
    assertThat(manage("learners", "show", "+12025550198").err()).contains("nothing was heard");
  }

  @Test
  void codesAreAddedImportedAndRemoved() throws IOException {
    var codes = new PostgresRegistrationCodes(database);
    var acme = new RegistrationCode("acme-7");
    Run added =
        manage("codes", "add", "ACME-7", "--company", "Acme", "--demo", "--info", "site=North");
    assertThat(added.status()).isZero();
    assertThat(codes.check(Set.of(acme)).get(acme))
        .isInstanceOfSatisfying(
            CodeVerdict.Valid.class,
            valid -> {
              assertThat(valid.isDemo()).isTrue();
              assertThat(valid.accountInfo().values()).containsOnlyKeys("company", "site");
            });
    Path file = temp.resolve("codes.json");
    Files.writeString(file, "{\"b1\":{\"account_info\":{\"company\":\"Beta\"}},\"acme-7\":{}}");
    assertThat(manage("codes", "import", file.toString()).out()).contains("2 codes, 2 of them");
    assertThat(manage("codes", "list").lines()).hasSize(3).last().asString().contains("b1", "Beta");
    assertThat(manage("codes", "list", "--json").lines()).hasSize(2);

    assertThat(manage("codes", "remove", "B1", "unknown").status()).isEqualTo(1);
    assertThat(manage("codes", "list").lines()).hasSize(2);
    Files.writeString(file, "{\"b2\":{},\"b3\":7}");
    Run broken = manage("codes", "import", file.toString());
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.err()).contains("codes.json:1");
    assertThat(manage("codes", "list").lines()).hasSize(2);
    assertThat(manage("codes", "add", " ").status()).isEqualTo(2);
    assertThat(manage("codes", "import", temp.resolve("none").toString()).status()).isEqualTo(2);
  }

  @Test
  void unhandledMessagesAreSettled() {
    var seq = SequenceNumber.of(5);
    new PostgresMessageLog(database)
        .receive(
            List.of(
                new ReceivedMessage(
                    ANA, seq, Samples.NOON, null, "who\nare \033[1myou?", List.of(), true)));

    assertThat(manage("unhandled", "list").lines())
        .last()
        .asString()
        .startsWith(ANA.value())
        .contains("who are [1myou?")
        .doesNotContain("\033");
    assertThat(Json.parse(manage("unhandled", "list", "--json").out().strip()).path("seq"))
        .hasToString("\"5\"");
    assertThat(manage("unhandled", "settle", "+1 (202) 555-0123", "5").status()).isZero();
    assertThat(manage("unhandled", "settle", ANA.value(), "5").status()).isEqualTo(1);
    assertThat(manage("unhandled", "list", "--json").out()).isEmpty();
  }

  /** Three messages that a limit held back, of which the last came too late. */
  private void parked() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      entries.add(
          new LedgerEntry(
              new OutboundId(ANA, 1, i),
              MessageKind.REPLY,
              new OutboundMessage("wash\nyour \033[1mhands", null),
              Set.of(ZoneId.of("UTC")),
              now.minusSeconds(60),
              now.minusSeconds(60),
              i == 2 ? now.minusSeconds(1) : now.plusSeconds(3_600),
              null,
              new DeliveryState.Parked(0, "a limit"),
              now.plusMillis(i),
              0));
    }
    SmsCursor initial = SmsCursor.initial(ANA);
    var cursor =
        new SmsCursor(ANA, 1, null, initial.lastDue(), initial.optedOut(), initial.traffic());
    new PostgresOutboundQueue(database, Duration.ofSeconds(3))
        .commit(List.of(new SmsCommit(0, cursor, new SmsCommit.Earlier.Kept(), entries)));
  }

  @Test
  void messagesThatAreHeldBackAreReleasedOrDropped() {
    parked();

    assertThat(manage("parked", "list", "--each").lines())
        .hasSize(4)
        .last()
        .asString()
        .startsWith(ANA.value())
        .contains("1-2", "a limit", "wash your [1mhands")
        .doesNotContain("\033");
    assertThat(manage("parked", "list", "--each", "--json", "--limit", "1").lines())
        .singleElement()
        .satisfies(line -> assertThat(Json.parse(line).path("id")).hasToString("\"1-0\""));

    assertThat(manage("parked", "release", "+1 (202) 555-0123", "1-0").status()).isZero();
    assertThat(manage("parked", "release", ANA.value(), "1-0").err()).contains("not held back");
    assertThat(manage("parked", "drop", ANA.value(), "1-1").status()).isZero();
    Run late = manage("parked", "release", ANA.value(), "1-2");
    assertThat(late.status()).isEqualTo(1);
    assertThat(late.err()).contains("too late");
    assertThat(manage("parked", "drop", ANA.value(), "9-9").err()).contains("no such message");

    assertThat(manage("parked", "list", "--each", "--json").lines()).hasSize(1);
    var ledger = new PostgresOutboundLedger(database, Fence.NONE, Duration.ofSeconds(3));
    assertThat(ledger.due(Instant.now().plusSeconds(10), 10))
        .singleElement()
        .satisfies(due -> assertThat(due.id().token()).isEqualTo("1-0"));
  }

  @Test
  void manyMessagesAreReleasedOrDroppedAtOnce() {
    parked();

    assertThat(manage("parked", "list", "--json").lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(Json.parse(line).path("messages").asInt()).isEqualTo(3);
              assertThat(Json.parse(line).path("too_late").asInt()).isEqualTo(1);
            });
    assertThat(manage("parked", "drop", "--reason", "another").err()).contains("nothing");
    Run released = manage("parked", "release", ANA.value());
    assertThat(released.status()).isEqualTo(1);
    assertThat(released.out()).contains("2 will be sent");
    assertThat(released.err()).contains("1 are too late");
    assertThat(manage("parked", "drop", "--all").status()).isZero();
    assertThat(manage("parked", "list", "--json").out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "dead-letters",
        "dead-letters redrive",
        "dead-letters redrive 1 --all",
        "dead-letters show x",
        "learners show 12",
        "unhandled settle +12025550123 x",
        "parked release +12025550123 x",
        "parked release",
        "parked drop +12025550123 --all",
        "parked drop +12025550123 1-0 --reason x",
        "parked drop --since yesterday",
        "codes remove"
      })
  void badUsageIsSaidSo(String arguments) {
    Run run = manage(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isNotBlank();
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aDatabaseOfANewerProgramIsLeftAlone() {
    database.write(
        handle ->
            handle.execute(
                """
                insert into flyway_schema_history
                  (installed_rank, version, description, type, script, installed_by,
                   execution_time, success)
                values (1000, '99999', 'tomorrow', 'SQL', 'V99999__tomorrow.sql', 'dialog', 1, true)
                """));

    for (String part : List.of("codes list", "parked drop --all", "rebuild", "backup copy.zip")) {
      Run run = onTheDatabase(part.split(" "));
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err().strip())
          .startsWith("dialog: the database is of a newer program: its tables are of version 99999")
          .contains("start the newer program")
          .doesNotContain("\n");
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsSaidSo() {
    Run none = dialog(Map.of("DIALOG_DATA_DIR", temp.toString()), "codes", "list");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("start the service once");
    String empty = PostgresServer.newDatabase("empty", created -> {});
    assertThat(dialog(Map.of("DIALOG_DATABASE_URL", empty), "codes", "list").err())
        .contains("start the service once");
    String gone = "postgresql://someone:secret@127.0.0.1:1/gone";
    assertThat(dialog(Map.of("DIALOG_DATABASE_URL", gone), "codes", "list").err())
        .contains("no database answers at 127.0.0.1:1")
        .doesNotContain("secret");
  }

  @Test
  void aFolderThatIsNamedStandsAboveTheVariables() {
    String folder = temp.resolve("named").toString();
    for (String[] arguments :
        List.of(
            new String[] {"--data", folder, "codes", "list"},
            new String[] {"codes", "list", "--data", folder},
            new String[] {"dead-letters", "list", "--data=" + folder})) {
      Run run = onTheDatabase(arguments);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("there are no data in " + folder, "--data");
    }
    assertThat(onTheDatabase("codes", "list", "--help").out()).contains("--data=DIR");
  }

  @Test
  void aLearnerIsToldSomethingAndTheAuditLogTellsOfIt() {
    var versions = new PostgresDrillVersions(database, Samples.TABLES);
    var story = LearnerStory.ofSomeone().registers("Acme");
    new PostgresDialogStore(database, versions)
        .commit(List.of(new DialogCommit(0, story.state(), story.batches())));
    manage("learners", "rebuild", story.phone().value());
    String number = story.phone().value();

    assertThat(manage("learners", "message", number, "Good work!").out()).contains("command 1");
    assertThat(manage("learners", "correct", number, "name=Ana", "job=").out())
        .contains("command 2");
    assertThat(manage("learners", "reset", number).out()).contains("command 3");
    assertThat(commands())
        .satisfiesExactly(
            message ->
                assertThat(message).contains("SEND_AD_HOC_MESSAGE", "Good work!", "manage ("),
            change ->
                assertThat(change).contains("UPDATE_USER", "\"name\":\"Ana\"", "\"job\":null"),
            reset -> assertThat(reset).contains("\"purge_drill_state\":true"));
    assertThat(manage("command", "1").out()).contains("waiting");
    Run refused = manage("learners", "remind", number);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("no prompt waits");
    assertThat(manage("learners", "start", number, "99-none").err()).contains("no drill 99-none");
    assertThat(manage("learners", "message", "+12025550198", "x").err()).contains("ever heard");

    List<String> audit = manage("audit").lines();
    assertThat(audit).hasSize(8);
    assertThat(audit.get(1)).contains("learners.message", "refused", "manage (");
    assertThat(audit.getLast()).contains("learners.rebuild", "done", "learner ");
    assertThat(manage("audit", "--json", "--limit", "1").lines())
        .singleElement()
        .asString()
        .contains("\"operation\":\"learners.message\"")
        .doesNotContain("2025550198");
    assertThat(manage("lags").lines()).hasSize(4);
    assertThat(manage("schedule").lines()).hasSize(1);
    assertThat(manage("undelivered").lines()).hasSize(1);
  }

  @Test
  void anUnhandledMessageIsAnswered() {
    var versions = new PostgresDrillVersions(database, Samples.TABLES);
    var story = LearnerStory.ofSomeone().registers("Acme");
    new PostgresDialogStore(database, versions)
        .commit(List.of(new DialogCommit(0, story.state(), story.batches())));
    String number = story.phone().value();
    new PostgresMessageLog(database)
        .receive(
            List.of(
                new ReceivedMessage(
                    story.phone(),
                    SequenceNumber.of(5),
                    Samples.NOON,
                    null,
                    "who?",
                    List.of(),
                    true)));

    assertThat(manage("unhandled", "answer", number, "5", "We are Acme").status()).isZero();
    assertThat(manage("unhandled", "answer", number, "5", "Again").err()).contains("unhandled");
    assertThat(commands()).singleElement().asString().contains("We are Acme");
  }

  @Test
  void onANarrowTerminalNothingIsCutInAWord() {
    letters.add(
        List.of(
            new DeadLetter(
                DeadLetter.COMMANDS,
                "17",
                "{}",
                "there is no drill with the slug 99-none, and none was ever there",
                Samples.NOON)));
    Run narrow =
        dialog(Map.of("DIALOG_DATABASE_URL", url, "COLUMNS", "40"), "dead-letters", "list");

    assertThat(narrow.lines()).allMatch(line -> line.length() <= 40);
    assertThat(String.join(" ", narrow.lines()).replaceAll(" +", " "))
        .contains("REASON there is no drill with the slug 99-none, and none was ever there");
    Run error =
        dialog(Map.of("DIALOG_DATABASE_URL", url, "COLUMNS", "40"), "dead-letters", "drop", "99");
    assertThat(error.err().lines()).allMatch(line -> line.length() <= 40);
  }

  @Test
  void helpNamesEveryPart() {
    Run run = manage("--help");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("dead-letters", "rebuild", "learners", "codes", "parked", "unhandled", "audit");
    assertThat(manage("codes", "add", "--help").out()).contains("--company");
  }
}

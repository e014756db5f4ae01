package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.DatabaseRoles.Login;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseRolesTest {
  private static final DrillVersion FIRST = Samples.drill("01-first");
  private static final Duration GAP = Duration.ofSeconds(3);
  private static final Instant NOON = Samples.NOON;

  private final TestDatabase postgres = new TestDatabase();
  private final Map<DatabaseRole, Login> logins = new EnumMap<>(DatabaseRole.class);
  private final List<HikariDataSource> pools = new ArrayList<>();
  private final LearnerStory ana = LearnerStory.ofSomeone().registers("Acme").starts(FIRST);

  @BeforeEach
  void grant() {
    // Roles are the server's, which other tests have databases on.
    String name =
        postgres.database.read(
            handle -> handle.createQuery("select current_database()").mapTo(String.class).one());
    for (DatabaseRole role : DatabaseRole.all()) {
      logins.put(role, new Login("%s of \"%s\"".formatted(role, name), "pass'word \\ " + role));
    }
    new DatabaseRoles(postgres.database).grant(logins);
  }

  @AfterEach
  void close() {
    pools.forEach(HikariDataSource::close);
    for (Login login : logins.values()) {
      postgres.execute("drop owned by " + quoted(login.name()));
      postgres.execute("drop role " + quoted(login.name()));
    }
    postgres.close();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private Login login(DatabaseRole role) {
    return Objects.requireNonNull(logins.get(role));
  }

  private Database as(DatabaseRole role) {
    Login login = login(role);
    String jdbc = postgres.url.replaceFirst("[?].*", "?sslmode=disable");
    HikariDataSource pool =
        Connections.openBehindProxy(
            jdbc, 1, () -> new DatabaseUrl(jdbc, login.name(), login.password()));
    pools.add(pool);
    return new Database(pool);
  }

  private void makeProgress(Database database) {
    var store = new PostgresProgressStore(database);
    store.apply(ana.batches(), List.of(FIRST.slug()));
    store.enrol(List.of(FIRST.slug()), null, 10);
    assertThat(store.load(Set.of(LearnerId.of(ana.phone())))).hasSize(1);
    var learners = new PostgresDueLearners(database);
    learners.inactive(NOON, Set.of(FIRST.slug()), null, 10);
    learners.recordReminders(1, learners.waiting(1, NOON, NOON, null, 10), NOON);
    learners.forgetReminders(NOON.plus(GAP));
  }

  private void send(Database database) {
    var id = new OutboundId(ana.phone(), 1, 0);
    var entry =
        new LedgerEntry(
            id,
            MessageKind.REPLY,
            new OutboundMessage("text", null),
            Set.of(ZoneId.of("UTC")),
            NOON,
            NOON,
            NOON.plus(Duration.ofDays(1)),
            null,
            DeliveryState.Queued.NEW,
            NOON,
            0);
    SmsCursor initial = SmsCursor.initial(ana.phone());
    var cursor = new SmsCursor(ana.phone(), 1, null, NOON, false, initial.traffic());
    new PostgresOutboundQueue(database, GAP)
        .commit(List.of(new SmsCommit(0, cursor, new SmsCommit.Earlier.Kept(), List.of(entry))));
    var ledger = new PostgresOutboundLedger(database, Fence.NONE, GAP);
    LedgerEntry due = ledger.due(NOON, 10).getFirst();
    ledger.write(List.of(due.after(new DeliveryEvent.Claimed(1), NOON, NOON)));
    ledger.takeOver(2, NOON);
    ledger.countAnew(NOON);
    ledger.nextDue();
    LedgerEntry claimed = ledger.find(List.of(id)).getFirst();
    ledger.write(List.of(claimed.after(new DeliveryEvent.Accepted("SM1"), NOON, NOON)));
    assertThat(ledger.find(ana.phone(), "SM1")).isPresent();
    assertThat(ledger.parked(10)).isEmpty();
  }

  private void log(Database database) {
    new PostgresMessageLog(database)
        .receive(
            List.of(
                new ReceivedMessage(
                    ana.phone(), SequenceNumber.of(7), NOON, "SM2", "hello", List.of(), true)));
  }

  @Test
  void eachGroupCanDoItsWork() {
    makeProgress(as(DatabaseRole.PROGRESS));
    send(as(DatabaseRole.SENDING));
    log(as(DatabaseRole.MESSAGE_LOG));
  }

  @Test
  void whatIsDoneAgainByHandTakesTheRightsOfAll() {
    Database redrive = as(DatabaseRole.REDRIVE);
    makeProgress(redrive);
    send(redrive);
    log(redrive);
  }

  @Test
  void noGroupCanLookIntoAnothersTables() {
    List<DatabaseRole> groups =
        List.of(DatabaseRole.PROGRESS, DatabaseRole.SENDING, DatabaseRole.MESSAGE_LOG);
    for (DatabaseRole group : groups) {
      Database database = as(group);
      for (DatabaseRole other : groups) {
        if (other != group) {
          other
              .rights()
              .keySet()
              .forEach(table -> assertRefused(database, "select 1 from " + table));
        }
      }
      for (String table : List.of("commands", "dialog_states", "registration_codes", "leases")) {
        assertRefused(database, "select 1 from " + table);
      }
      assertRefused(database, "create table mine (a int)");
      assertRefused(database, "drop table " + group.rights().keySet().iterator().next());
    }
    assertRefused(as(DatabaseRole.MESSAGE_LOG), "delete from inbound_messages");
  }

  private static void assertRefused(Database database, String sql) {
    assertThatThrownBy(() -> database.write(handle -> handle.execute(sql)))
        .as(sql)
        .isInstanceOf(StorageException.class)
        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
  }

  /** After a migration, and after a password was changed. */
  @Test
  void itCanBeDoneAgain() {
    Login before = login(DatabaseRole.PROGRESS);
    postgres.execute("grant select on commands to " + quoted(before.name()));
    logins.put(DatabaseRole.PROGRESS, new Login(before.name(), "another"));
    new DatabaseRoles(postgres.database).grant(logins);

    Database progress = as(DatabaseRole.PROGRESS);
    makeProgress(progress);
    assertRefused(progress, "select 1 from commands");
    String timeout =
        progress.read(
            handle -> handle.createQuery("show statement_timeout").mapTo(String.class).one());
    assertThat(timeout).isEqualTo("30s");
  }
}

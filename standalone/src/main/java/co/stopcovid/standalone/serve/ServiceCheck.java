package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.config.Checked;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import co.stopcovid.adapters.registration.HttpCodeService;
import co.stopcovid.adapters.twilio.TwilioCheck;
import co.stopcovid.adapters.twilio.TwilioSettings;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.ContentException;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.database.DatabaseTrouble;
import co.stopcovid.standalone.database.DatabaseVisit;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.database.FolderTrouble;
import co.stopcovid.standalone.database.RestoredDatabase;
import co.stopcovid.standalone.http.TwilioRoute;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries all that a service is told before it is started, and changes nothing. What is wrong is told
 * in one sentence with what to do about it.
 */
public final class ServiceCheck {
  private static final String DATABASE = "database";

  /** Two are what it takes to look at the tables' version. */
  private static final int CONNECTIONS = 2;

  private static final Duration REGISTRATION = Duration.ofSeconds(3);
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final ServiceConfig config;
  private final Supplier<Teaching> teaching;

  /**
   * @param teaching reads what is taught; what it throws is what is wrong with it
   */
  public ServiceCheck(ServiceConfig config, Supplier<Teaching> teaching) {
    this.config = config;
    this.teaching = teaching;
  }

  /**
   * Tries them one after the other.
   *
   * @param found told each, as soon as it is tried
   * @return whether all are as they must be
   */
  public boolean run(Consumer<Checked> found) throws InterruptedException {
    boolean[] fine = {true};
    Consumer<Checked> all =
        checked -> {
          fine[0] &= checked.isFine();
          found.accept(checked);
        };
    all.accept(content());
    all.accept(folder());
    all.accept(database());
    all.accept(registration());
    provider().forEach(all);
    new PublicAddressCheck(config).run().forEach(all);
    return fine[0];
  }

  private Checked content() {
    String what = "content";
    try {
      return Checked.fine(what, "%d drills".formatted(teaching.get().drills().all().size()));
    } catch (ContentException | UsageException e) {
      return Checked.wrong(what, String.valueOf(e.getMessage()).strip());
    }
  }

  private Checked folder() {
    String what = "data directory";
    return FolderTrouble.find("DIALOG_DATA_DIR", config.dataDir())
        .map(sentence -> Checked.wrong(what, sentence))
        .orElseGet(() -> Checked.fine(what, config.dataDir().toString()));
  }

  private Checked database() {
    DatabaseUrl external = config.database();
    try {
      return external == null ? embedded() : external(external);
    } catch (UnfitDatabaseException e) {
      return Checked.wrong(DATABASE, String.valueOf(e.getMessage()));
    } catch (StorageException e) {
      return Checked.wrong(DATABASE, String.valueOf(DatabaseTrouble.of(external, e).getMessage()));
    }
  }

  private Checked embedded() {
    if (!EmbeddedDatabase.isSetUp(config.dataDir())) {
      RestoredDatabase.checkNoneCutShort(config.dataDir());
      return Checked.fine(
          DATABASE, "a PostgreSQL is set up in %s at the first start".formatted(config.dataDir()));
    }
    try (var visit = DatabaseVisit.open(null, config.dataDir())) {
      Migrations.check(visit.database());
      return Checked.fine(DATABASE, "the embedded PostgreSQL in " + config.dataDir());
    }
  }

  private static Checked external(DatabaseUrl url) {
    try (var connections = Connections.open(url, CONNECTIONS)) {
      var database = new Database(connections);
      Migrations.check(database);
      Migrations.checkKnown(connections);
      boolean mayCreate =
          database.read(
              handle ->
                  handle
                      .createQuery(
                          "select coalesce(has_schema_privilege(current_schema(), 'create'), false)")
                      .mapTo(Boolean.class)
                      .one());
      if (!mayCreate) {
        throw new StorageException(
            "the role may not make tables",
            new SQLException("no right to make tables in schema public", INSUFFICIENT_PRIVILEGE));
      }
      return Checked.fine(DATABASE, url.toString());
    }
  }

  private Checked registration() throws InterruptedException {
    String what = "registration";
    ServiceConfig.Registration service = config.registration();
    if (service == null) {
      return Checked.fine(what, "codes are kept in the database");
    }
    try (var asked =
        new HttpCodeService(
            service.url(), service.key(), service.stage(), REGISTRATION, System::nanoTime)) {
      return asked.ask(new RegistrationCode("dialog-check"))
              instanceof CodeVerdict.Unavailable(String reason)
          ? Checked.wrong(
              what,
              "%s: correct REGISTRATION_VALIDATION_URL and REGISTRATION_VALIDATION_KEY, or mend the service"
                  .formatted(reason))
          : Checked.fine(what, "the service at %s answers".formatted(service.url()));
    }
  }

  private List<Checked> provider() throws InterruptedException {
    ServiceConfig.Twilio twilio = config.twilio();
    if (twilio == null) {
      return List.of(Checked.fine("provider", "none is set: messages go to the simulated phone"));
    }
    var settings =
        new TwilioSettings(
            twilio.accountSid(),
            twilio.authTokens().getFirst(),
            twilio.messagingServiceSid(),
            twilio.apiUrl(),
            null,
            TwilioSettings.DEFAULT_TIMEOUT);
    return new TwilioCheck(settings, config.publicBase(config.port()) + TwilioRoute.PATH).run();
  }
}

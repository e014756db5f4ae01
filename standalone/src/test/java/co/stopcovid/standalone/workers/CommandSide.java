package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Keywords;
import co.stopcovid.running.HandledCommand;
import co.stopcovid.testkit.PostgresServer;
import co.stopcovid.testkit.Samples;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Log, worker and store on one database, with a clock and a registration service to play with. */
final class CommandSide implements AutoCloseable, DrillCatalogue, RegistrationCodes, InstantSource {
  static final DrillSlug DRILL = new DrillSlug("01-sample");

  /** Deciding on it fails, as nothing should. */
  static final DrillSlug POISON = new DrillSlug("66-poison");

  private static final DrillVersion VERSION = Samples.drill(DRILL.value());
  private static final Keywords KEYWORDS = new Keywords(Samples.TABLES);

  private final HikariDataSource connections;
  final Database database;
  final PostgresCommandLog log;
  final PostgresDialogStore store;
  final DeadLetters deadLetters;
  private final DialogEngine engine;
  private Instant now = Samples.NOON;
  private boolean silent;
  private boolean thinking;
  private final AwaitedCodes awaitedCodes = new AwaitedCodes();
  private final Set<RegistrationCode> asked = new HashSet<>();

  CommandSide() {
    this(DatabaseUrl.parse(PostgresServer.newDatabase("dialog", CommandSide::migrate)));
  }

  CommandSide(DatabaseUrl url) {
    this(url, Integer.MAX_VALUE);
  }

  /** Where so many wrong codes cost no pause. */
  static CommandSide slowingDownAfter(int codeTries) {
    return new CommandSide(
        DatabaseUrl.parse(PostgresServer.newDatabase("dialog", CommandSide::migrate)), codeTries);
  }

  private CommandSide(DatabaseUrl url, int codeTries) {
    connections = Connections.open(url, 8);
    database = new Database(connections);
    log = new PostgresCommandLog(database, () -> {});
    var versions = new PostgresDrillVersions(database, Samples.TABLES);
    store = new PostgresDialogStore(database, versions);
    deadLetters = new PostgresDeadLetters(database);
    engine = new DialogEngine(store, versions, this, this, KEYWORDS, this, codeTries);
  }

  private static void migrate(String url) {
    Migrations.migrate(DatabaseUrl.parse(url));
  }

  DialogWorker worker() {
    return worker(Fence.NONE, handled -> {});
  }

  DialogWorker worker(Fence fence, Consumer<List<HandledCommand>> observer) {
    return new DialogWorker(database, fence, log, deadLetters, engine, KEYWORDS, this, observer);
  }

  DialogWorker workerWith(Consumer<List<HandledCommand>> companion) {
    return new DialogWorker(
        database,
        Fence.NONE,
        log,
        deadLetters,
        engine,
        KEYWORDS,
        this,
        handled -> {},
        companion,
        awaitedCodes);
  }

  /** Works until nothing is left to do now. */
  static void workAll(DialogWorker worker) {
    int taken;
    do {
      taken = worker.work();
    } while (taken > 0);
  }

  SequenceNumber sms(PhoneNumber phone, String body) {
    return append(new DialogCommand.ReceiveSms(phone, body));
  }

  SequenceNumber start(PhoneNumber phone, DrillSlug drill) {
    return append(new DialogCommand.StartDrill(phone, drill));
  }

  SequenceNumber append(DialogCommand command) {
    return log.append(List.of(new NewCommand(command))).getFirst();
  }

  /** The database becomes an earlier one, with nothing after a position of the log. */
  void goBackTo(long position) {
    String sql =
        """
        delete from commands where position > :position;
        update command_log_head set last_position = :position;
        update consumer_checkpoints set position = least(position, :position);
        delete from dialog_states;
        delete from event_batches;
        update event_feed_head set last_position = 0
        """
            .replace(":position", Long.toString(position));
    database.write(handle -> handle.execute(sql));
  }

  /** As a newer program may have written it. */
  SequenceNumber appendAsIs(String payload) {
    String sql =
        """
        with head as (update command_log_head set last_position = last_position + 1 returning *)
        insert into commands (position, payload) select last_position, ? from head
        returning position
        """;
    return SequenceNumber.of(
        database.write(handle -> handle.createQuery(sql).bind(0, payload).mapTo(Long.class).one()));
  }

  /** The names of the events of a learner, batch by batch. */
  List<String> events(PhoneNumber phone) {
    return store.after(phone, 0, 1_000).stream()
        .map(
            batch ->
                batch.events().stream()
                    .map(DialogEvent::getClass)
                    .map(Class::getSimpleName)
                    .collect(Collectors.joining("+")))
        .toList();
  }

  List<DeadLetter> letters() {
    List<DeadLetter> letters = new ArrayList<>();
    deadLetters.after(0, 1_000).forEach(stored -> letters.add(stored.letter()));
    return letters;
  }

  void registrationIsSilent(boolean isSilent) {
    silent = isSilent;
  }

  /** The registration service takes its time with what it is asked from now on. */
  void registrationThinks() {
    thinking = true;
  }

  /** It answers all that it was asked. */
  void registrationAnswers() {
    thinking = false;
    asked.forEach(awaitedCodes::answered);
    asked.clear();
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes) {
    return codes.stream().collect(Collectors.toMap(code -> code, this::verdict));
  }

  private CodeVerdict verdict(RegistrationCode code) {
    if (thinking) {
      asked.add(code);
      return new CodeVerdict.Pending();
    }
    if (silent) {
      return new CodeVerdict.Unavailable("no answer");
    }
    return code.value().equals("acme")
        ? new CodeVerdict.Valid(false, Samples.account())
        : new CodeVerdict.Invalid();
  }

  @Override
  public Optional<DrillVersion> find(DrillSlug slug) {
    if (slug.equals(POISON)) {
      throw new IllegalStateException("planted");
    }
    return slug.equals(DRILL) ? Optional.of(VERSION) : Optional.empty();
  }

  @Override
  public List<DrillVersion> all() {
    return List.of(VERSION);
  }

  @Override
  public EngineTexts texts() {
    return new EngineTexts(VERSION.translations(), Samples.TABLES);
  }

  @Override
  public void close() {
    log.close();
    connections.close();
  }
}

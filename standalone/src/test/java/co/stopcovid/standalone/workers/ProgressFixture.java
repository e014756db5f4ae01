package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.QuietHours;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.progress.LearnerHours;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressSettings;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.PostgresServer;
import co.stopcovid.testkit.Samples;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Progress on a database of its own; what happens in the dialogs is told, and so is the time. */
public final class ProgressFixture implements AutoCloseable, DrillCatalogue, InstantSource {
  public static final DrillVersion FIRST = Samples.drill("01-first");
  public static final DrillVersion SECOND = Samples.drill("02-second");
  public static final DrillVersion THIRD = Samples.drill("03-third");

  public final HikariDataSource connections;
  public final Database database;
  public final PostgresCommandLog log;
  PostgresDrillVersions versions;
  PostgresDialogStore dialogs;
  private final Map<PhoneNumber, Integer> told = new HashMap<>();
  private volatile PublishedDrills drills = publishing(FIRST, SECOND);
  private volatile Instant now = Samples.NOON;

  public ProgressFixture() {
    connections =
        Connections.open(
            DatabaseUrl.parse(PostgresServer.newDatabase("dialog", ProgressFixture::migrate)), 8);
    database = new Database(connections);
    log = new PostgresCommandLog(database, () -> {});
    versions = new PostgresDrillVersions(database, Samples.TABLES);
    versions.put(List.of(FIRST, SECOND, THIRD));
    dialogs = new PostgresDialogStore(database, versions);
  }

  private static void migrate(String url) {
    Migrations.migrate(DatabaseUrl.parse(url));
  }

  private static PublishedDrills publishing(DrillVersion... drills) {
    return new PublishedDrills(
        List.of(drills), new EngineTexts(FIRST.translations(), Samples.TABLES));
  }

  public void publish(DrillVersion... published) {
    drills = publishing(published);
  }

  public ProgressSide side(Fence fence) {
    return side(fence, log);
  }

  ProgressSide side(Fence fence, CommandStream commands) {
    var hours = new LearnerHours(QuietHours.DEFAULT, phone -> Set.of(), ZoneOffset.UTC);
    return new ProgressSide(
        database, fence, versions, commands, this, hours, ProgressSettings.DEFAULT, this);
  }

  public ProgressWorker worker() {
    return new ProgressWorker(side(Fence.NONE));
  }

  /** Works until nothing is left to do now. */
  public static void workAll(ProgressWorker worker) {
    int taken;
    do {
      taken = worker.work();
    } while (taken > 0);
  }

  /**
   * Commits those batches of the stories that were not committed before, by when the dialogs have
   * taken all commands so far.
   */
  public void tell(LearnerStory... stories) {
    for (LearnerStory story : stories) {
      int known = told.getOrDefault(story.phone(), 0);
      List<EventBatch> batches = story.batches().subList(known, story.batches().size());
      EventBatch last = batches.getLast();
      var state = new DialogState(story.phone(), last.seq(), last.version(), last.profile(), null);
      dialogs.commit(List.of(new DialogCommit(known, state, batches)));
      told.put(story.phone(), story.batches().size());
    }
    takeCommands();
  }

  /** Nothing comes of those commands but what is told. */
  private void takeCommands() {
    new PostgresCheckpoints(database).save(DialogWorker.CONSUMER, log.lastPosition());
  }

  public int execute(String sql) {
    return database.write(handle -> handle.execute(sql));
  }

  /** A batch out of the history; the text brings it back. */
  public String lose(PhoneNumber phone, long version) {
    String sql =
        """
        delete from event_batches where phone = ? and version = ?
        returning format('insert into event_batches (position, phone, version, payload)'
          ' values (%s, %L, %s, %L)', position, phone, version, payload)
        """;
    return database.write(
        handle ->
            handle
                .createQuery(sql)
                .bind(0, phone.value())
                .bind(1, version)
                .mapTo(String.class)
                .one());
  }

  /** Loses a drill version, for who is made from now on; the text brings it back. */
  public String forget(DrillVersion drill) {
    versions = new PostgresDrillVersions(database, Samples.TABLES);
    dialogs = new PostgresDialogStore(database, versions);
    String sql =
        """
        delete from drill_versions where id = ?
        returning format('insert into drill_versions (id, slug, content) values (%L, %L, %L)',
          id, slug, content)
        """;
    return database.write(
        handle -> handle.createQuery(sql).bind(0, drill.id()).mapTo(String.class).one());
  }

  public LearnerProgress progress(LearnerStory story) {
    return Objects.requireNonNull(
        new PostgresProgressStore(database).find(Set.of(story.phone())).get(story.phone()));
  }

  public long version(LearnerStory story) {
    return progress(story).phone(story.phone()).orElseThrow().version();
  }

  public long checkpoint() {
    return new PostgresCheckpoints(database).load(ProgressWorker.CONSUMER);
  }

  public List<DialogCommand> commands() {
    return log.after(0, 10_000).stream()
        .map(entry -> CommandCodec.decode(entry.payload()))
        .toList();
  }

  public List<DeadLetter> letters() {
    List<DeadLetter> letters = new ArrayList<>();
    new PostgresDeadLetters(database)
        .after(0, 1_000)
        .forEach(stored -> letters.add(stored.letter()));
    return letters;
  }

  /** Another time, by when the dialogs have taken all commands so far. */
  public ProgressFixture at(String time) {
    takeCommands();
    now = Instant.parse(time);
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Optional<DrillVersion> find(DrillSlug slug) {
    return drills.find(slug);
  }

  @Override
  public List<DrillVersion> all() {
    return drills.all();
  }

  @Override
  public EngineTexts texts() {
    return drills.texts();
  }

  @Override
  public void close() {
    log.close();
    connections.close();
  }
}

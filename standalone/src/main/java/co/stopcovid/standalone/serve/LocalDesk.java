package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.MalformedCommandException;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.PostgresAuditLog;
import co.stopcovid.adapters.postgres.PostgresBacklog;
import co.stopcovid.adapters.postgres.PostgresCommandOutcomes;
import co.stopcovid.adapters.postgres.PostgresCompletionReport;
import co.stopcovid.adapters.postgres.PostgresDrillSchedule;
import co.stopcovid.adapters.postgres.PostgresEventArchive;
import co.stopcovid.adapters.postgres.PostgresLearnerDirectory;
import co.stopcovid.adapters.postgres.PostgresUndelivered;
import co.stopcovid.desk.Desk;
import co.stopcovid.desk.DeskPorts;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import co.stopcovid.progress.EventArchive;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.standalone.http.api.Api;
import co.stopcovid.standalone.http.api.CodeResource;
import co.stopcovid.standalone.http.api.CommandResource;
import co.stopcovid.standalone.http.api.CompletionResource;
import co.stopcovid.standalone.http.api.DeadLetterResource;
import co.stopcovid.standalone.http.api.DrillResource;
import co.stopcovid.standalone.http.api.LearnerResource;
import co.stopcovid.standalone.http.api.MessageResource;
import co.stopcovid.standalone.http.api.OpenApiResource;
import co.stopcovid.standalone.http.api.OrderResource;
import co.stopcovid.standalone.http.api.ParkedResource;
import co.stopcovid.standalone.http.api.RunningResource;
import co.stopcovid.standalone.workers.DialogWorker;
import co.stopcovid.standalone.workers.ProgressWorker;
import co.stopcovid.standalone.workers.SmsWorker;
import java.time.InstantSource;
import java.util.List;

/** The desk on one PostgreSQL, and its API: of the service and of {@code manage}. */
public final class LocalDesk {
  private static final int REBUILD_PAGE = 10_000;

  private LocalDesk() {}

  /** The usual one. */
  public static Desk on(
      Stores stores,
      CommandStream commands,
      DrillCatalogue drills,
      Keywords keywords,
      InstantSource clock) {
    return on(stores, archive(stores), commands, drills, keywords, clock);
  }

  /** All events, for a rebuild. */
  public static EventArchive archive(Stores stores) {
    return new PostgresEventArchive(stores.database(), stores.drillVersions());
  }

  /**
   * @param archive that a rebuild reads
   * @param commands to take commands by
   */
  public static Desk on(
      Stores stores,
      EventArchive archive,
      CommandStream commands,
      DrillCatalogue drills,
      Keywords keywords,
      InstantSource clock) {
    Database database = stores.database();
    return Desk.on(
        new DeskPorts(
            new PostgresAuditLog(database),
            new PostgresLearnerDirectory(database),
            stores.progress(),
            new ProgressRebuild(archive, stores.dialogs(), stores.progress(), drills, REBUILD_PAGE),
            new PostgresCompletionReport(database),
            new PostgresDrillSchedule(database),
            stores.dialogs(),
            stores.dialogs(),
            commands,
            new PostgresCommandOutcomes(database, DialogWorker.CONSUMER),
            stores.deadLetters(),
            stores.codes(),
            stores.messages(),
            stores.ledger(),
            new PostgresUndelivered(database),
            () -> backlog(database, clock).read().lags(),
            drills,
            keywords,
            LocalDesk::command,
            clock));
  }

  public static PostgresBacklog backlog(Database database, InstantSource clock) {
    return new PostgresBacklog(
        database,
        List.of(DialogWorker.CONSUMER),
        List.of(SmsWorker.CONSUMER, ProgressWorker.CONSUMER),
        clock);
  }

  private static DialogCommand command(String text) {
    try {
      return CommandCodec.decode(text);
    } catch (MalformedCommandException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  public static Api api(Desk desk, Stores stores, DrillCatalogue drills, InstantSource clock) {
    return new Api(
        List.of(
            new CommandResource(desk.commands()),
            new LearnerResource(desk.learners()),
            new OrderResource(desk.orders()),
            new MessageResource(desk.messages(), clock),
            new ParkedResource(desk.held(), clock),
            new DrillResource(drills),
            new CompletionResource(desk.reports()),
            new CodeResource(desk.codes()),
            new DeadLetterResource(desk.letters()),
            new RunningResource(desk.reports()),
            new OpenApiResource()));
  }
}

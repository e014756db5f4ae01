package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.EventTail;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresDialogStore;
import co.stopcovid.adapters.postgres.PostgresDrillVersions;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresMessageLog;
import co.stopcovid.adapters.postgres.PostgresOutboundLedger;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.adapters.postgres.PostgresRegistrationCodes;
import co.stopcovid.drills.LanguageTables;
import java.time.Duration;

/** The adapters of one PostgreSQL that any thread of the service may use. */
public record Stores(
    Database database,
    EventTail tail,
    PostgresCommandLog commands,
    PostgresDrillVersions drillVersions,
    PostgresDialogStore dialogs,
    PostgresEventFeed feed,
    PostgresRegistrationCodes codes,
    PostgresDeadLetters deadLetters,
    PostgresProgressStore progress,
    PostgresOutboundLedger ledger,
    PostgresMessageLog messages)
    implements AutoCloseable {

  /**
   * @param gap between two messages of one learner
   * @param afterAppend told when a command was appended
   */
  public static Stores on(
      Database database, LanguageTables tables, Duration gap, Runnable afterAppend) {
    var versions = new PostgresDrillVersions(database, tables);
    var tail = new EventTail();
    database.reversals().whenFailed(tail::clear);
    return new Stores(
        database,
        tail,
        new PostgresCommandLog(database, afterAppend),
        versions,
        new PostgresDialogStore(database, versions, tail),
        new PostgresEventFeed(database, versions, tail),
        new PostgresRegistrationCodes(database),
        new PostgresDeadLetters(database),
        new PostgresProgressStore(database),
        new PostgresOutboundLedger(database, Fence.NONE, gap),
        new PostgresMessageLog(database));
  }

  /** Stores what waits to be appended. */
  @Override
  public void close() {
    commands.close();
  }
}

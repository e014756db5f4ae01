package co.stopcovid.adapters.postgres;

import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.EventHistoryContract;
import org.junit.jupiter.api.AfterAll;

class PostgresEventHistoryTest extends EventHistoryContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  private final DrillVersions versions =
      new PostgresDrillVersions(POSTGRES.database, Samples.TABLES);
  private final PostgresDialogStore store = new PostgresDialogStore(POSTGRES.database, versions);

  @Override
  protected DialogStore store() {
    return store;
  }

  @Override
  protected EventHistory history() {
    return store;
  }

  @Override
  protected DrillVersions drillVersions() {
    return versions;
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

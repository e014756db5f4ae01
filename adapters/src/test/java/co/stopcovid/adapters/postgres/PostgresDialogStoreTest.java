package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.DialogStoreContract;
import org.junit.jupiter.api.AfterAll;

class PostgresDialogStoreTest extends DialogStoreContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  private final DrillVersions versions =
      new PostgresDrillVersions(POSTGRES.database, Samples.TABLES);
  private final PostgresDialogStore store = new PostgresDialogStore(POSTGRES.database, versions);

  @Override
  protected DialogStore store() {
    return store;
  }

  @Override
  protected DialogStore secondStore() {
    Database second = POSTGRES.second();
    return new PostgresDialogStore(second, new PostgresDrillVersions(second, Samples.TABLES));
  }

  @Override
  protected EventHistory history() {
    return store;
  }

  @Override
  protected DrillVersions drillVersions() {
    return versions;
  }

  @Override
  protected boolean makeUnreadable(PhoneNumber phone) {
    POSTGRES.execute(
        "update dialog_states set state = '{}' where phone = '%s'".formatted(phone.value()));
    return true;
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

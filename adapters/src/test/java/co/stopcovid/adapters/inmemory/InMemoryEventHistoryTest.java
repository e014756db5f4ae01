package co.stopcovid.adapters.inmemory;

import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.contract.EventHistoryContract;

class InMemoryEventHistoryTest extends EventHistoryContract {
  private final InMemoryDialogStore store = new InMemoryDialogStore();

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
    return new InMemoryDrillVersions();
  }
}

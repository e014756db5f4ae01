package co.stopcovid.adapters.inmemory;

import co.stopcovid.testkit.contract.StoredProgress.Adapters;

/** The ports of progress in memory, on no data. */
final class InMemoryProgress {
  private InMemoryProgress() {}

  static Adapters adapters() {
    var store = new InMemoryProgressStore();
    return new Adapters(store, store, new InMemoryDrillSchedule(), store, store);
  }
}

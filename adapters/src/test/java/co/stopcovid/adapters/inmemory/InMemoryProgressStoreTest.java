package co.stopcovid.adapters.inmemory;

import co.stopcovid.testkit.contract.ProgressStoreContract;

class InMemoryProgressStoreTest extends ProgressStoreContract {
  @Override
  protected Adapters empty() {
    return InMemoryProgress.adapters();
  }

  @Override
  protected Adapters second() {
    return first();
  }
}

package co.stopcovid.adapters.inmemory;

import co.stopcovid.testkit.contract.ProgressPropertyContract;

class InMemoryProgressPropertyTest extends ProgressPropertyContract {
  @Override
  protected Adapters empty() {
    return InMemoryProgress.adapters();
  }

  @Override
  protected Adapters second() {
    return first();
  }
}

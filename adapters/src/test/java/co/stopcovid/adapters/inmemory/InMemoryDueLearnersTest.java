package co.stopcovid.adapters.inmemory;

import co.stopcovid.testkit.contract.DueLearnersContract;

class InMemoryDueLearnersTest extends DueLearnersContract {
  @Override
  protected Adapters empty() {
    return InMemoryProgress.adapters();
  }

  @Override
  protected Adapters second() {
    return first();
  }
}

package co.stopcovid.adapters.inmemory;

import co.stopcovid.testkit.contract.LearnerDirectoryContract;

class InMemoryLearnerDirectoryTest extends LearnerDirectoryContract {
  @Override
  protected Adapters empty() {
    return InMemoryProgress.adapters();
  }

  @Override
  protected Adapters second() {
    return first();
  }
}

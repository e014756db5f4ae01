package co.stopcovid.adapters.inmemory;

import co.stopcovid.testkit.contract.DrillScheduleContract;

class InMemoryDrillScheduleTest extends DrillScheduleContract {
  @Override
  protected Adapters empty() {
    return InMemoryProgress.adapters();
  }

  @Override
  protected Adapters second() {
    return first();
  }
}

package co.stopcovid.adapters.inmemory;

import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.contract.DrillVersionsContract;

class InMemoryDrillVersionsTest extends DrillVersionsContract {
  private final InMemoryDrillVersions versions = new InMemoryDrillVersions();

  @Override
  protected DrillVersions versions() {
    return versions;
  }

  @Override
  protected DrillVersions secondVersions() {
    return versions;
  }
}

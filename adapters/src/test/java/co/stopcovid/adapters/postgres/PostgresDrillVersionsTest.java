package co.stopcovid.adapters.postgres;

import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.DrillVersionsContract;
import org.junit.jupiter.api.AfterAll;

class PostgresDrillVersionsTest extends DrillVersionsContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  private final DrillVersions versions =
      new PostgresDrillVersions(POSTGRES.database, Samples.TABLES);

  @Override
  protected DrillVersions versions() {
    return versions;
  }

  @Override
  protected DrillVersions secondVersions() {
    return new PostgresDrillVersions(POSTGRES.second(), Samples.TABLES);
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

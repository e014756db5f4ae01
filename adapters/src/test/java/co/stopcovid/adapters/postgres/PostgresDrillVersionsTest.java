package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.DrillVersionsContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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

  /** An older copy may answer after a failure, without what was stored since. */
  @Test
  void afterAFailureOfTheDatabaseAVersionIsStoredAgain() {
    DrillVersion drill = Samples.drill("97-stored-again");
    versions.put(List.of(drill));
    POSTGRES.database.once(
        handle -> handle.execute("delete from drill_versions where id = ?", drill.id()));
    POSTGRES.database.reversals().failed();

    versions.put(List.of(drill));

    assertThat(secondVersions().get(Set.of(drill.id()))).containsValue(drill);
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}

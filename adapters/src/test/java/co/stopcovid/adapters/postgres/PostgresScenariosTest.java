package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.adapters.scenario.EngineSubject;
import co.stopcovid.testkit.scenario.ScenarioSubject;
import co.stopcovid.testkit.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Every conversation with its states, events and drill versions in PostgreSQL. */
class PostgresScenariosTest extends Scenarios {
  private final List<TestDatabase> databases = new ArrayList<>();

  @Override
  protected ScenarioSubject.Factory factory() {
    return (drills, codes) -> {
      var postgres = new TestDatabase();
      databases.add(postgres);
      var versions = new PostgresDrillVersions(postgres.database, BuiltInLanguages.load());
      var store = new PostgresDialogStore(postgres.database, versions);
      return new EngineSubject(store, versions, drills, codes);
    };
  }

  @AfterEach
  void close() {
    databases.forEach(TestDatabase::close);
  }
}

package co.stopcovid.adapters.postgres;

import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.simulation.SimulationSubject;

/** The stores of a simulated schedule in a database of their own. */
public final class PostgresStores implements AutoCloseable {
  private final TestDatabase postgres = new TestDatabase();

  public SimulationSubject.Stores open() {
    var versions = new PostgresDrillVersions(postgres.database, Samples.TABLES);
    var store = new PostgresDialogStore(postgres.database, versions);
    return new SimulationSubject.Stores(store, store, versions);
  }

  @Override
  public void close() {
    postgres.close();
  }
}

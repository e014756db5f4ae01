package co.stopcovid.testkit.simulation;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stores as a worker finds them on a bad day. */
final class UnreliableStores implements DialogStore, DrillVersions {
  private final SimulationSubject.Stores stores;
  private final Chance chance;
  private final Trace trace;
  private int badLuck;
  private Runnable otherWorker = () -> {};

  /**
   * @param badLuck how likely something goes wrong, in percent for each call
   */
  UnreliableStores(SimulationSubject.Stores stores, int badLuck, Chance chance, Trace trace) {
    this.stores = stores;
    this.badLuck = badLuck;
    this.chance = chance;
    this.trace = trace;
  }

  /** Runs now and then between the load and the commit of a worker. */
  void setOtherWorker(Runnable other) {
    otherWorker = other;
  }

  void becomeReliable() {
    badLuck = 0;
    otherWorker = () -> {};
  }

  @Override
  public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
    strike(Incident.OUTAGE_AT_LOAD);
    Map<PhoneNumber, DialogState> states = new HashMap<>(stores.dialogs().load(phones));
    if (chance.percent(badLuck)) {
      trace.add(Incident.STATE_UNREADABLE);
      states.remove(chance.of(phones.stream().sorted().toList()));
    }
    return states;
  }

  @Override
  public Set<PhoneNumber> commit(List<DialogCommit> commits) {
    otherWorker.run();
    strike(Incident.OUTAGE_BEFORE_COMMIT);
    if (commits.size() > 1 && chance.percent(badLuck)) {
      stores.dialogs().commit(commits.subList(0, 1 + chance.below(commits.size() - 1)));
      fail(Incident.CRASH_WITHIN_COMMIT);
    }
    Set<PhoneNumber> conflicts = stores.dialogs().commit(commits);
    if (!conflicts.isEmpty()) {
      trace.add(Incident.CONFLICT);
    }
    strike(Incident.OUTAGE_AFTER_COMMIT);
    return conflicts;
  }

  @Override
  public void put(Collection<DrillVersion> versions) {
    strike(Incident.OUTAGE_AT_PUT);
    stores.drillVersions().put(versions);
  }

  @Override
  public Map<String, DrillVersion> get(Set<String> ids) {
    return stores.drillVersions().get(ids);
  }

  private void strike(Incident incident) {
    if (chance.percent(badLuck)) {
      fail(incident);
    }
  }

  private void fail(Incident incident) {
    trace.add(incident);
    throw new SimulatedFault(incident);
  }
}

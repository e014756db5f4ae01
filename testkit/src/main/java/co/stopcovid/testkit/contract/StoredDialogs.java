package co.stopcovid.testkit.contract;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the suites of the dialog store and of the event history ask of an adapter. */
public abstract class StoredDialogs {
  protected static final DrillVersion DRILL = Samples.drill("01-sample");

  /** The store to be tested. Data of other tests may be in it. */
  protected abstract DialogStore store();

  protected abstract EventHistory history();

  /** Where the store finds the drills of its states. */
  protected abstract DrillVersions drillVersions();

  protected final DialogState load(PhoneNumber phone) {
    return Objects.requireNonNull(store().load(Set.of(phone)).get(phone), "the learner's state");
  }

  protected final List<EventBatch> batches(PhoneNumber phone) {
    return history().after(phone, 0, 1000);
  }

  protected final void putDrill() {
    drillVersions().put(Set.of(DRILL));
  }

  /** Loads one learner, as every adapter must be able to after any commit. */
  protected final Map<PhoneNumber, DialogState> loadAll(List<PhoneNumber> phones) {
    return store().load(Set.copyOf(phones));
  }
}
